import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { FellBehind } from './live-feed.ts';

/** The texts of events, until `signal` aborts: then nobody reads any more. */
export type Frames = (signal: AbortSignal) => AsyncIterable<string>;

/** How much waits for one client here; the socket holds as much again. */
const BUFFER_BYTES = 16 * 1024;
const LAGGED = 'event: lagged\ndata: {}\n\n';
const BEAT = ':\n\n';

/** Events on their way to one client. It asks for no more of them than the client takes. */
export class OpenStream {
  readonly body = new PassThrough({ highWaterMark: BUFFER_BYTES });
  /** Resolves when there is nothing more to send, or nobody to send it to. */
  readonly sent: Promise<void>;
  readonly #over = new AbortController();
  readonly #failed: (error: Error) => void;
  #missedBeats = 0;

  constructor(frames: Frames, failed: (error: Error) => void) {
    this.#failed = failed;
    this.body.on('error', () => undefined);
    this.body.once('close', () => this.#over.abort(new Error('The stream is closed.')));
    this.sent = this.#send(frames);
  }

  /** Keeps the connection alive; a client that has taken nothing since the beat before the last is cut off. */
  beat(): void {
    if (!this.body.writableNeedDrain) this.body.write(BEAT);
    else if (++this.#missedBeats > 1) this.body.destroy();
  }

  /** Nothing more comes. A client that does not take what it has got is not waited for. */
  end(): void {
    this.#over.abort(new Error('The server stops.'));
    if (this.body.writableNeedDrain) this.body.destroy();
    else this.body.end();
  }

  async #send(frames: Frames): Promise<void> {
    const { signal } = this.#over;
    // The client hears at once that it is connected, however long the first event takes.
    this.body.write(BEAT);
    try {
      for await (const frame of frames(signal)) {
        if (signal.aborted) return;
        if (!this.body.write(frame)) await this.#drained();
      }
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof FellBehind) this.body.write(LAGGED);
      else this.#failed(error as Error);
    } finally {
      this.body.end();
    }
  }

  async #drained(): Promise<void> {
    await once(this.body, 'drain', { signal: this.#over.signal });
    this.#missedBeats = 0;
  }
}
