import type { Socket } from 'node:net';
import { realTime } from '#testing/runtime';

/** The bytes that went over a connection when it was last looked at, and who spoke last. */
type Tally = { read: number; written: number; waits: boolean; movedAt: number };
type Handle = { readonly bytesRead?: number; readonly bytesWritten?: number };

const tallies = new WeakMap<object, Tally>();

/** The other side has been heard just now; what is written from here on waits for the next answer. */
export function heard(handle: object): void {
  tallies.set(handle, { ...bytesOf(handle), waits: false, movedAt: realTime.now() });
}

/**
 * Whether a connection waits for an answer: something went out after what came in last.
 * Node does not tell, and announces no write that succeeds at once, so the bytes have to be counted.
 */
export function conversation(handle: object): { readonly waits: boolean; readonly movedAt: number } {
  const { read, written } = bytesOf(handle);
  const known = tallies.get(handle);
  if (known !== undefined && known.read === read && known.written === written) return known;
  const tally = {
    read,
    written,
    // Encrypted connections are not heard. Where both sides have spoken since the last look, a question may be open.
    waits: known === undefined ? read === 0 && written > 0 : written !== known.written,
    movedAt: realTime.now(),
  };
  tallies.set(handle, tally);
  return tally;
}

/** The socket that a handle of Node serves. */
export function socketOf(handle: object): Socket | undefined {
  const key = Object.getOwnPropertySymbols(handle).find(({ description }) => description === 'owner_symbol');
  return key === undefined ? undefined : (handle as Record<symbol, Socket | undefined>)[key];
}

function bytesOf({ bytesRead, bytesWritten }: Handle): { read: number; written: number } {
  return { read: bytesRead ?? 0, written: bytesWritten ?? 0 };
}
