import type { Client, ClientChannel } from 'ssh2';
import { abortable } from '#kernel';

/** What came through a channel. `closed` is the last, and comes again and again. */
export type ChannelEvent =
  | { readonly kind: 'data'; readonly bytes: Buffer }
  | { readonly kind: 'exitStatus'; readonly status: number | null }
  | { readonly kind: 'endOfFile' }
  | { readonly kind: 'closed'; readonly how: 'orderly' | 'lost' };

/**
 * One channel of a connection, read at the reader's pace: what is not read stays with the server once the window of
 * the protocol is full.
 *
 * Only `closed` ends a channel. The exit status may come before all data; the end of file is reported only when the
 * server said so. `closed` is orderly when the server closed the channel or ended the connection, and lost when the
 * connection broke. What the server writes to its standard error is read and dropped.
 */
export class SshChannel {
  readonly #channel: ClientChannel;
  readonly #client: Client;
  readonly #isBroken: () => boolean;
  readonly #events: ChannelEvent[] = [];
  readonly #onConnectionClosed = (): void => this.#connectionClosed();
  #endOfFile = false;
  #closed: ChannelEvent | null = null;
  #how: 'orderly' | 'lost' = 'orderly';
  #wake = Promise.withResolvers<void>();

  constructor(channel: ClientChannel, client: Client, isBroken: () => boolean) {
    this.#channel = channel;
    this.#client = client;
    this.#isBroken = isBroken;
    this.#watchEndOfFile();
    channel.stderr.resume();
    channel.on('readable', () => this.#awake());
    channel.on('end', () => this.#awake(this.#endOfFile ? { kind: 'endOfFile' } : undefined));
    channel.on('exit', (status: number | null) => this.#awake({ kind: 'exitStatus', status }));
    channel.on('close', () => this.#close());
    // A channel that is written to after its end reports it here; its reader learns of the end anyway.
    channel.on('error', () => this.#awake());
    client.on('close', this.#onConnectionClosed);
  }

  /** The next event. Rejects with the signal's reason on abort, and loses nothing by it. */
  async read(signal: AbortSignal): Promise<ChannelEvent> {
    for (;;) {
      signal.throwIfAborted();
      const bytes: unknown = this.#channel.read();
      if (Buffer.isBuffer(bytes)) return { kind: 'data', bytes };
      const event = this.#events.shift() ?? this.#closed;
      if (event !== null) return event;
      await abortable(this.#wake.promise, signal);
    }
  }

  /** Types into the channel. Small texts only: nobody waits until the server has taken them. */
  write(text: string): void {
    if (this.#channel.writable) this.#channel.write(text);
  }

  #awake(event?: ChannelEvent): void {
    if (event !== undefined) this.#events.push(event);
    this.#wake.resolve();
    this.#wake = Promise.withResolvers<void>();
  }

  #close(): void {
    this.#client.off('close', this.#onConnectionClosed);
    this.#closed = { kind: 'closed', how: this.#how };
    this.#awake();
  }

  // The client closes before it closes its channels, so here one can still tell what the server had said of this one.
  #connectionClosed(): void {
    const { incoming } = this.#channel as unknown as { incoming: { state: string } };
    if (incoming.state !== 'closed' && this.#isBroken()) this.#how = 'lost';
  }

  // The stream ends alike on the server's end of file, on a close without one, and on a broken connection; only in the
  // first case the channel is in this state when its end is pushed.
  #watchEndOfFile(): void {
    const channel = this.#channel;
    const { incoming } = channel as unknown as { incoming: { state: string } };
    const push = channel.push.bind(channel);
    channel.push = (chunk: unknown, encoding?: BufferEncoding): boolean => {
      if (chunk === null && incoming.state === 'eof') this.#endOfFile = true;
      return push(chunk, encoding);
    };
  }
}
