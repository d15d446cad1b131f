import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';

export type EventClientOptions = {
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** False for a client that takes nothing of what it is sent. */
  readonly reads?: boolean;
};

/** Follows server-sent events over a socket, as a test sees them. */
export class EventClient implements Disposable {
  readonly events: EventSourceMessage[] = [];
  /** How often the server has shown that the connection is alive. */
  beats = 0;
  /** Resolves when the answer has ended, however. */
  readonly ended: Promise<void>;
  readonly #answer: IncomingMessage;
  readonly #signal: AbortSignal;
  #changed = Promise.withResolvers<void>();

  constructor(answer: IncomingMessage, { signal, reads = true }: EventClientOptions) {
    this.#answer = answer;
    this.#signal = signal;
    this.ended = new Promise((resolve) => answer.once('close', resolve)).then(() => this.#change());
    answer.on('error', () => undefined);
    const parser = createParser({
      onEvent: (event) => void this.events.push(event),
      onComment: () => void (this.beats += 1),
    });
    if (!reads) return;
    answer.setEncoding('utf8').on('data', (text: string) => {
      parser.feed(text);
      this.#change();
    });
  }

  static async open(url: URL | string, options: EventClientOptions): Promise<EventClient> {
    const { headers, signal } = options;
    const outgoing = request(url, { headers: { accept: 'text/event-stream', ...headers }, agent: false, signal });
    const answered = once(outgoing, 'response', { signal });
    outgoing.on('error', () => undefined).end();
    const [answer] = (await answered) as [IncomingMessage];
    return new EventClient(answer, options);
  }

  get status(): number | undefined {
    return this.#answer.statusCode;
  }

  get headers(): IncomingMessage['headers'] {
    return this.#answer.headers;
  }

  /** The names of the events so far. */
  get names(): (string | undefined)[] {
    return this.events.map(({ event }) => event);
  }

  /** The id to resume with. */
  get lastId(): string {
    return this.events.findLast(({ id }) => id !== undefined)?.id ?? '';
  }

  /** Resolves when the events so far are as the probe wants them. */
  async until(probe: (client: this) => boolean): Promise<void> {
    while (!probe(this)) {
      this.#signal.throwIfAborted();
      await Promise.race([this.#changed.promise, once(this.#signal, 'abort')]);
    }
  }

  /** Goes away without a word. */
  [Symbol.dispose](): void {
    this.#answer.destroy();
  }

  #change(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }
}
