import { Clock } from '#kernel';
import { expect } from 'chai';
import { ContainerModule } from 'inversify';
import { ContainerTest } from '#testing/container';
import { cases } from '#testing/lifecycle';
import { realTurn } from '#testing/runtime';
import type { Fault } from './faults.ts';
import { Transaction } from './fixtures/ports.ts';
import { ShopTest } from './fixtures/shop-test.ts';
import { mailing, sweeping } from './fixtures/sweeping.ts';
import { sweepFaults } from './sweep-faults.ts';

abstract class Feed {
  abstract read(options: { readonly signal?: AbortSignal }): Promise<string>;
  abstract items(signal?: AbortSignal): AsyncIterable<string>;
}

/** Remembers, in the memory of the process, that it has begun. */
class Reader {
  readonly #feed: Feed;
  #hasBegun = false;

  constructor(feed: Feed) {
    this.#feed = feed;
  }

  async readOnce(options: { readonly signal?: AbortSignal }): Promise<string> {
    if (this.#hasBegun) return 'begun already';
    this.#hasBegun = true;
    return this.#feed.read(options);
  }

  async readAll(signal?: AbortSignal): Promise<string> {
    const [found]: string[][] = [[]];
    for await (const item of this.#feed.items(signal)) found?.push(item);
    return found?.join() ?? '';
  }
}

class FeedTest extends ContainerTest {
  reads = 0;

  protected modules(): readonly ContainerModule[] {
    const feed: Feed = {
      read: async () => {
        this.reads += 1;
        return `answer ${this.reads}`;
      },
      items: async function* () {
        yield* ['a', 'b'];
      },
    };
    return [
      new ContainerModule(({ bind }) => {
        bind(Clock).toConstantValue(this.clock);
        bind(Feed).toConstantValue(feed);
        bind(Reader).toResolvedValue((reading) => new Reader(reading), [Feed]);
      }),
    ];
  }
}

/** Connections take their time to break. */
class DyingTest extends ShopTest {
  override async crash(): Promise<void> {
    await super.crash();
    await realTurn();
  }
}

const t = FeedTest.install();
const dying = DyingTest.install();

type Seen = { readonly fault: Fault; readonly passes: boolean; readonly reads: number; readonly told: unknown };

describe('A fault', () => {
  for (const [title, { fault, passes, reads, told }] of cases('that {case}', {
    'fails before the effect is not heard of by the adapter': {
      fault: 'fails-before',
      passes: true,
      reads: 0,
      told: 'Injected: Feed.read (call 1) fails before its effect.',
    },
    'fails after the effect loses the answer': {
      fault: 'fails-after',
      passes: true,
      reads: 1,
      told: 'Injected: Feed.read (call 1) fails after its effect.',
    },
    'hangs is not heard of, and ends with the signal': {
      fault: 'hangs',
      passes: true,
      reads: 0,
      told: 'The deadline of 30000 ms has passed.',
    },
    'aborts a call that has the signal is not heard of': {
      fault: 'aborts',
      passes: true,
      reads: 0,
      told: 'Injected: Feed.read (call 1) is reached when the workflow is aborted.',
    },
    'aborts a call without the signal lets it be made': { fault: 'aborts', passes: false, reads: 1, told: 'answer 1' },
    'delivers twice gives the second answer': { fault: 'twice', passes: true, reads: 2, told: 'answer 2' },
    'crashes before the effect is not heard of': { fault: 'crashes-before', passes: true, reads: 0, told: 'died' },
    'crashes after the effect loses the answer': { fault: 'crashes-after', passes: true, reads: 1, told: 'died' },
  } satisfies Record<string, Seen>)) {
    it(
      title,
      t.trials(
        async (trials) => {
          const { cells } = await sweepFaults(trials, {
            faults: [fault],
            workflow: async ({ get }, { signal }) => (await get(Reader)).readOnce(passes ? { signal } : {}),
            recover: () => {},
            holds: (test, { faulted, outcome }) => {
              if (faulted === undefined) return;
              const { error, value } = { error: undefined, value: outcome.ended, ...outcome };
              expect(test.reads).to.equal(reads);
              expect(error instanceof Error ? error.message : value).to.equal(told);
            },
          });

          expect(cells.map(({ error }) => error)).to.deep.equal([null]);
        },
        { within: 10_000 },
      ),
    );
  }

  it(
    'that crashes takes the memory of the process along',
    t.trials(
      async (trials) => {
        const { cells } = await sweepFaults(trials, {
          faults: ['crashes-before', 'fails-before'],
          workflow: async ({ get }, { signal }) => (await get(Reader)).readOnce({ signal }),
          holds: (_, { faulted, recovered }) => {
            if (faulted === undefined) return;
            const value = faulted.fault === 'crashes-before' ? 'answer 1' : 'begun already';
            expect(recovered).to.deep.equal({ ended: 'returned', value });
          },
        });

        expect(cells.map(({ verdict }) => verdict)).to.deep.equal(['holds', 'holds']);
      },
      { within: 10_000 },
    ),
  );

  it(
    'meets items that come one by one, each by itself, and none twice',
    t.trials(
      async (trials) => {
        const { calls, cells } = await sweepFaults(trials, {
          faults: ['fails-before', 'twice'],
          workflow: async ({ get }) => (await get(Reader)).readAll(),
          holds: () => {},
        });

        expect(calls.map(({ what }) => what)).to.deep.equal(['Feed.items.next', 'Feed.items.next', 'Feed.items.next']);
        expect(cells.map(({ fault, outcome }) => `${fault} ${outcome}`)).to.deep.equal([
          'fails-before threw',
          'fails-before threw',
          'fails-before threw',
        ]);
      },
      { within: 10_000 },
    ),
  );

  it(
    'that hangs at an item ends with the signal of the call that began the iteration',
    t.trials(
      async (trials) => {
        const { cells } = await sweepFaults(trials, {
          faults: ['hangs'],
          workflow: async ({ get }, { signal }) => (await get(Reader)).readAll(signal),
          recover: () => {},
          holds: () => {},
        });

        expect(cells.map(({ outcome, error }) => [outcome, error])).to.deep.equal(Array(3).fill(['stopped', null]));
      },
      { within: 10_000 },
    ),
  );

  it(
    'that hangs where no signal was given tells what is missing, and may be left out by that',
    t.trials(
      async (trials) => {
        const plan = {
          workflow: async ({ get }: FeedTest) => (await get(Reader)).readOnce({}),
          recover: () => {},
          holds: () => {},
        };
        const { cells } = await sweepFaults(trials, { ...plan, faults: ['hangs'] });
        const left = await sweepFaults(trials, {
          ...plan,
          faults: ({ hasSignal }) => (hasSignal ? ['hangs'] : ['twice']),
        });

        expect(cells[0]?.error).to.match(/waits for Feed\.read for ever.*a clean-up.*needs one of its own/);
        expect(left.cells.map(({ fault }) => fault)).to.deep.equal(['twice']);
      },
      { within: 10_000 },
    ),
  );

  it(
    'meets no call that answers at once, and `Clock.sleep` where its port is named',
    sweeping(
      {
        ...mailing,
        ports: [Clock],
        faults: ['fails-before'],
        workflow: async ({ get }, { signal }) => {
          const clock = await get(Clock);
          await clock.sleep(clock.now().getTime() % 10, signal);
        },
      },
      ({ calls }) => {
        expect(calls.map(({ what }) => what)).to.deep.equal(['Clock.sleep']);
      },
    ),
  );

  it(
    'that crashes lets no transaction end whose work has not heard of it',
    dying.trials(
      async (trials) => {
        const { cells } = await sweepFaults(trials, {
          workflow: async ({ get }, { signal }) => {
            const transaction = await get(Transaction);
            await transaction.run(async ({ orders, outbox }) => {
              await outbox.append('begun', signal);
              orders.save('order 1', signal).catch(() => {});
            }, signal);
          },
          recover: () => {},
          faults: ({ what }) => (what === 'Orders.save' ? ['crashes-before'] : []),
          holds: ({ outbox }, { faulted }) => expect(outbox.messages).to.deep.equal(faulted ? [] : ['begun']),
        });

        expect(cells.map(({ verdict, outcome }) => [verdict, outcome])).to.deep.equal([['holds', 'died']]);
      },
      { within: 10_000 },
    ),
  );
});
