import type { FeedItem, FeedParts } from './live-feed.ts';

const READ_MS = 10_000;
/** What happens at the same time is read at once. */
const GATHER_MS = 20;
const PAGE = 200;
const USUALLY_KEPT = { items: 10_000, bytes: 4 * 1024 * 1024 };

/** The one reader of a feed, from its first follower to its last, and the newest items that it has read. */
export class FeedRun<Place, Item extends FeedItem<Place>> implements Disposable {
  followers = 0;
  /** Resolves when it has ended. */
  readonly ended: Promise<void>;
  readonly #parts: FeedParts<Place, Item>;
  readonly #onEnd: () => void;
  readonly #stop = new AbortController();
  readonly #waiting = new Set<() => void>();
  readonly #items: Item[] = [];
  #rest = new AbortController();
  #bytes = 0;
  #first = 0;
  #from: Place;
  #head: Place;

  constructor(parts: FeedParts<Place, Item>, from: Place, onEnd: () => void) {
    this.#parts = parts;
    this.#from = from;
    this.#head = from;
    this.#onEnd = onEnd;
    parts.hints?.(() => this.#rest.abort(), this.#stop.signal);
    this.ended = this.#work();
  }

  /** Everything after this place is kept, or will be read. */
  get from(): Place {
    return this.#from;
  }

  /** The number of the oldest item that is kept; they are counted as they are read. */
  get first(): number {
    return this.#first;
  }

  item(number: number): Item | undefined {
    return this.#items[number - this.#first];
  }

  /** Resolves when more has been read, or `signal` aborts. */
  news(signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const end = (): void => {
      this.#waiting.delete(end);
      signal.removeEventListener('abort', end);
      resolve();
    };
    this.#waiting.add(end);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end);
    return promise;
  }

  /** One follower less; the last one ends it. */
  [Symbol.dispose](): void {
    this.followers -= 1;
    if (this.followers > 0) return;
    this.#onEnd();
    this.#stop.abort(new Error('Nobody follows any more.'));
    this.#rest.abort();
  }

  async #work(): Promise<void> {
    const { clock, pollMs, failed } = this.#parts;
    const stop = this.#stop.signal;
    while (!stop.aborted) {
      // Before it reads: a hint that comes meanwhile counts.
      this.#rest = new AbortController();
      const rest = this.#rest.signal;
      await this.#readOn().catch((error: unknown) => stop.aborted || failed(error));
      await clock.sleep(GATHER_MS, stop).catch(() => undefined);
      await clock.sleep(pollMs, rest).catch(() => undefined);
    }
  }

  async #readOn(): Promise<void> {
    for (let more = true; more;) {
      using deadline = this.#parts.clock.deadline(READ_MS, this.#stop.signal);
      const page = await this.#parts.read(this.#head, PAGE, deadline.signal);
      if (page.length > 0) this.#take(page);
      more = page.length === PAGE;
    }
  }

  #take(page: readonly Item[]): void {
    const { kept = USUALLY_KEPT } = this.#parts;
    for (const item of page) {
      this.#items.push(item);
      this.#bytes += item.bytes;
      this.#head = item.place;
    }
    while (this.#items.length > kept.items || this.#bytes > kept.bytes) {
      const oldest = this.#items.shift()!;
      this.#bytes -= oldest.bytes;
      this.#first += 1;
      this.#from = oldest.place;
    }
    for (const tell of [...this.#waiting]) tell();
  }
}
