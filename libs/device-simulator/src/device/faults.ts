import type { HostKeyPair } from './host-key.ts';

/**
 * What goes wrong. Any number of them at once; each is looked up when it matters, so that a change takes effect with
 * the next connection, login or answer. Positions are bytes of the configuration answer as it is sent, echo included.
 */
export type Faults = {
  /** Everything is sent in pieces of this size, wherever that cuts it. */
  readonly chunkBytes?: number;
  /** A pause after every piece. */
  readonly delayMs?: number;
  readonly bytesPerSecond?: number;
  /** The configuration answer ends early. */
  readonly cut?: { readonly afterBytes: number; readonly by: Cut };
  /** The configuration answer is never finished. */
  readonly stall?: { readonly afterBytes: number };
  /** Every so many bytes of the configuration answer one is replaced by a byte that UTF-8 does not have. */
  readonly garbled?: { readonly everyBytes: number };
  /** After the text of the configuration this is repeated without end. */
  readonly endless?: string;
  /** This is repeated without end before the first prompt of a terminal. */
  readonly endlessBanner?: string;
  /** Terminals show so many lines at once, whatever was said about it, and then wait for a key. */
  readonly pager?: { readonly lines: number };
  readonly refusesPassword?: boolean;
  /** Another host key than the device's own is shown. */
  readonly otherHostKey?: HostKeyPair;
  /** From here on nothing is answered any more. */
  readonly silentAt?: Phase;
};

/** A TCP reset; a TCP FIN; end of file and close of the channel; the same after an exit status that claims success. */
export type Cut = 'reset' | 'fin' | 'close' | 'exit';

export type Phase = 'connection' | 'authentication' | 'channel' | 'prompt' | 'logout';
