import { AsyncTestBase } from '#testing/lifecycle';
import { fc } from '#testing/properties';
import { expect } from 'chai';
import { FellBehind, LiveFeed } from './live-feed.ts';

type Item = { readonly place: number; readonly bytes: number };

class LiveFeedTest extends AsyncTestBase {
  readonly items: Item[] = [];
  readonly failures: unknown[] = [];
  reads = 0;
  broken = false;
  wake: () => void = () => {};
  /** What the next answer waits for. */
  held: Promise<void> | null = null;

  readonly feed = this.feedKeeping();

  feedKeeping(kept?: { readonly items: number; readonly bytes: number }): LiveFeed<number, Item> {
    return new LiveFeed<number, Item>({
      read: async (after, limit, signal) => {
        this.reads += 1;
        const found = this.items.filter(({ place }) => place > after).slice(0, limit);
        const { held } = this;
        this.held = null;
        await held;
        signal.throwIfAborted();
        if (this.broken) throw new Error('no database');
        return found;
      },
      compare: (one, other) => one - other,
      hints: (wake) => (this.wake = wake),
      pollMs: 1_000,
      clock: this.clock,
      failed: (error) => void this.failures.push(error),
      ...(kept && { kept }),
    });
  }

  add(count: number): void {
    for (let n = 0; n < count; n += 1) this.items.push({ place: (this.items.at(-1)?.place ?? 0) + 1, bytes: 10 });
  }

  /** Takes so many items after a place, and goes. */
  async take(count: number, after = 0, feed = this.feed): Promise<number[]> {
    const [places, stop] = [[] as number[], new AbortController()];
    if (count > 0) {
      for await (const { place } of feed.follow(after, stop.signal)) if (places.push(place) === count) break;
    }
    stop.abort();
    return places;
  }
}

const t = LiveFeedTest.install();
const numbers = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, n) => from + n);

describe('LiveFeed', function () {
  this.timeout(10_000);

  it(
    'tells what has happened, and then what happens',
    t.test(async ({ add, take, clock, items }) => {
      add(3);

      const taken = take(5, 1);
      await clock.advance(1);
      add(3);
      await clock.runUntil(taken);

      expect(await taken).to.deep.equal(numbers(2, 6));
      expect(items).to.have.lengthOf(6);
    }),
  );

  it(
    'loses and repeats nothing for followers that leave anywhere and resume with their last item, while items come',
    t.test(async ({ add, feed, clock, items }) => {
      const cuts = fc.array(fc.record({ added: fc.nat(300), taken: fc.nat(400) }), { minLength: 1, maxLength: 6 });
      await fc.assert(
        fc.asyncProperty(fc.array(cuts, { minLength: 1, maxLength: 3 }), async (followers) => {
          items.length = 0;
          const walk = async (steps: readonly { added: number; taken: number }[]): Promise<number[]> => {
            const seen: number[] = [];
            for (const { added, taken } of steps) {
              const stop = new AbortController();
              const left = { count: taken };
              add(added);
              const following = (async () => {
                for await (const { place } of feed.follow(seen.at(-1) ?? 0, stop.signal)) {
                  if (left.count === 0) break;
                  seen.push(place);
                  left.count -= 1;
                }
              })();
              await clock.sleep(2_000);
              stop.abort();
              await following;
            }
            return seen;
          };

          const seen = await clock.runUntil(Promise.all(followers.map(walk)));

          for (const places of seen) expect(places).to.deep.equal(numbers(1, places.length));
        }),
        { numRuns: 10 },
      );
    }),
  );

  it(
    'lets nobody join behind what is kept: what came during their last read is read first',
    t.test(async (test) => {
      const { add, feedKeeping, take, clock } = test;
      const feed = feedKeeping({ items: 1, bytes: 1e9 });
      const quick = take(4, 0, feed);
      await clock.advance(1);
      const { promise, resolve } = Promise.withResolvers<void>();
      test.held = promise;
      const slow = take(3, 0, feed);

      for (let n = 0; n < 3; n += 1) {
        add(1);
        await clock.advance(2_000);
      }
      resolve();

      expect(await clock.runUntil(slow)).to.deep.equal([1, 2, 3]);
      add(1);
      expect(await clock.runUntil(quick)).to.deep.equal([1, 2, 3, 4]);
    }),
  );

  it(
    'reads once for all who follow, and not at all when they have gone',
    t.test(async (test) => {
      const { feed, clock, add } = test;
      const stop = new AbortController();
      const seen = Array.from({ length: 20 }, () => [] as number[]);
      const following = seen.map(async (places) => {
        for await (const { place } of feed.follow(0, stop.signal)) places.push(place);
      });
      await clock.advance(10);
      const before = test.reads;

      add(5);
      test.wake();
      await clock.advance(100);

      expect(seen).to.deep.equal(seen.map(() => numbers(1, 5)));
      expect(test.reads - before).to.be.within(1, 2);
      stop.abort();
      await Promise.all(following);
      const reads = test.reads;
      await clock.advance(10_000);
      expect(test.reads).to.equal(reads);
      expect(clock.waiting).to.equal(0);
    }),
  );

  it(
    'lets go of a follower who is slower than what is kept, and of nobody else',
    t.test(async ({ add, feedKeeping, clock, take, items }) => {
      for (const kept of [
        { items: 10, bytes: 1e9 },
        { items: 1e9, bytes: 100 },
      ]) {
        items.length = 0;
        const feed = feedKeeping(kept);
        const slow = feed.follow(0, new AbortController().signal);
        const first = slow.next();
        await clock.advance(1);
        add(1);
        await clock.runUntil(first);
        const quick = take(12, 0, feed);
        await clock.advance(1);

        for (let n = 0; n < 11; n += 1) {
          add(1);
          await clock.advance(2_000);
        }
        const taken = await clock.runUntil(quick);
        const rest = await slow.next().catch((error: unknown) => error);

        expect(taken).to.deep.equal(numbers(1, 12));
        expect(rest).to.be.instanceOf(FellBehind);
        expect(await take(11, 1, feed)).to.deep.equal(numbers(2, 12));
      }
    }),
  );

  it(
    'goes on when it could not read for a while, and says so',
    t.test(async (test) => {
      const { clock, add, take, failures } = test;
      const taken = take(2);
      await clock.advance(1);
      test.broken = true;
      await clock.advance(3_000);

      test.broken = false;
      add(2);

      expect(await clock.runUntil(taken)).to.deep.equal([1, 2]);
      expect(failures).to.not.be.empty;
    }),
  );

  it(
    'does not wait for what was removed behind the back of a follower',
    t.test(async ({ add, items, feedKeeping, take, clock }) => {
      const feed = feedKeeping({ items: 1, bytes: 1e9 });
      add(4);
      const first = take(5, 0, feed);
      await clock.advance(1);
      items.length = 0;

      const late = take(1, 1, feed);
      await clock.advance(10);
      items.push({ place: 5, bytes: 10 });

      expect(await clock.runUntil(late)).to.deep.equal([5]);
      expect(await clock.runUntil(first)).to.deep.equal(numbers(1, 5));
    }),
  );
});
