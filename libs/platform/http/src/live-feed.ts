import type { Clock } from '#kernel';
import { FeedRun } from './feed-run.ts';

export type FeedItem<Place> = {
  /** Where it stands in the order. */
  readonly place: Place;
  /** How much memory it takes, about. */
  readonly bytes: number;
};

export type FeedParts<Place, Item extends FeedItem<Place>> = {
  /** The first `limit` items after a place, in an order in which none comes late; fewer when there are no more. */
  readonly read: (after: Place, limit: number, signal: AbortSignal) => Promise<readonly Item[]>;
  readonly compare: (one: Place, other: Place) => number;
  /** Calls `wake` whenever there may be something new, until `stop` aborts. May miss something: it is looked for anyway. */
  readonly hints?: (wake: () => void, stop: AbortSignal) => void;
  /** How often is looked where no hint comes. */
  readonly pollMs: number;
  /** How much is kept for those who are not as quick as the reader. */
  readonly kept?: { readonly items: number; readonly bytes: number };
  readonly clock: Clock;
  /** Told why something could not be read; it is tried again. Must not throw. */
  readonly failed: (error: unknown) => void;
};

/** A follower was so slow that what comes next for them is not kept any more. They read on from their last item. */
export class FellBehind extends Error {
  override readonly name = 'FellBehind';
}

/** How much is read at once. */
const PAGE = 200;

/**
 * What many follow, read by one reader of this process, and only while somebody follows.
 *
 * Each follower reads by itself up to where there is nothing new, at its own pace, and then gets what the one reader finds: the
 * reader keeps the newest items for all of them together, and a follower is no more than a place among these. So a slow one
 * takes no memory and no time from the others. Joining leaves no gap: a follower joins the reader only at a place from which on
 * the reader has everything.
 */
export class LiveFeed<Place, Item extends FeedItem<Place>> {
  readonly #parts: FeedParts<Place, Item>;
  #run: FeedRun<Place, Item> | null = null;

  constructor(parts: FeedParts<Place, Item>) {
    this.#parts = parts;
  }

  /**
   * Every item after a place, each once and in order, now and as they come, until `signal` aborts. Throws {@link FellBehind},
   * or why the items before the present ones could not be read.
   */
  async *follow(after: Place, signal: AbortSignal): AsyncGenerator<Item, void, void> {
    const { read, compare } = this.#parts;
    let at = after;
    let joined: FeedRun<Place, Item> | null = null;
    while (joined === null) {
      const from = this.#run?.from;
      const page = await read(at, PAGE, signal);
      yield* page;
      at = page.at(-1)?.place ?? at;
      // What the reader has had and nobody can read any more was removed meanwhile: there is nothing to wait for.
      if (page.length === 0 && from !== undefined && compare(at, from) < 0) at = from;
      if (page.length < PAGE) joined = this.#join(at);
    }
    using run = joined;
    for (let next = run.first; !signal.aborted;) {
      if (next < run.first) throw new FellBehind('What comes next is not kept any more.');
      const item = run.item(next);
      if (item === undefined) await run.news(signal);
      else {
        next += 1;
        if (compare(item.place, at) > 0) yield item;
      }
    }
  }

  /** The reader, if it has everything after this place; it begins there when nobody follows yet. */
  #join(at: Place): FeedRun<Place, Item> | null {
    this.#run ??= new FeedRun(this.#parts, at, () => (this.#run = null));
    if (this.#parts.compare(this.#run.from, at) > 0) return null;
    this.#run.followers += 1;
    return this.#run;
  }
}
