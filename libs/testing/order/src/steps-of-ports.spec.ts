import { race } from '#testing/concurrency';
import { expect } from 'chai';
import { ContainerModule } from 'inversify';
import { spoken } from './certificate.ts';
import { Board, BoardTest, explored } from './fixtures/board-test.ts';

const t = BoardTest.install();

abstract class Feed {
  abstract items(): AsyncIterable<number>;
}

class FeedTest extends BoardTest {
  protected override modules() {
    const items = async function* (): AsyncGenerator<number> {
      yield 1;
    };
    return [...super.modules(), new ContainerModule(({ bind }) => void bind(Feed).toConstantValue({ items }))];
  }
}
const streaming = FeedTest.install();

abstract class LamportBoard {
  abstract clock(): Promise<LamportClock>;
}

class LamportClock {
  async tick(): Promise<void> {}
}

class LamportTest extends BoardTest {
  protected override modules() {
    const clock = async (): Promise<LamportClock> => new LamportClock();
    return [...super.modules(), new ContainerModule(({ bind }) => void bind(LamportBoard).toConstantValue({ clock }))];
  }
}
const lamport = LamportTest.install();

describe('What is a step of a port', () => {
  it(
    'are the items of an iteration, one by one',
    explored(
      streaming,
      async ({ get }) => {
        const feed = await get(Feed);
        const read = async (): Promise<readonly number[]> => Array.fromAsync(feed.items());

        const outcomes = await race({ one: read, other: read });

        expect(outcomes.values).to.deep.equal([[1], [1]]);
      },
      // Each asks twice: for the item, and for the end.
      ({ certificate, failure }) => {
        expect(failure?.error).to.equal(undefined);
        expect(spoken(certificate)).to.equal('complete: 6 of 6 orders');
      },
    ),
  );

  it(
    'are no calls that a worker makes for the racers, and then no search is complete',
    explored(
      t,
      async ({ get }) => {
        const board = await get(Board);
        const jobs = Promise.withResolvers<void>();
        const worker = jobs.promise.then(() => board.note('by the worker'));

        await race({
          one: async () => {
            await board.note('one');
            jobs.resolve();
          },
          other: () => board.note('other'),
        });
        await worker;
      },
      ({ certificate }) => {
        expect(certificate.isComplete).to.equal(false);
        expect(spoken(certificate)).to.match(/^not complete \(ports were called by nobody who raced/);
      },
    ),
  );

  it(
    'are also the calls of a class that is called like the clock, and is none',
    explored(
      lamport,
      async ({ get }) => {
        const board = await get(LamportBoard);
        const act = async (): Promise<void> => (await board.clock()).tick();

        await race({ one: act, other: act });
      },
      ({ certificate }) => expect(spoken(certificate)).to.equal('complete: 6 of 6 orders'),
    ),
  );

  it(
    'has no racer that is called as time is',
    explored(
      t,
      async ({ get }) => {
        const board = await get(Board);

        await race({ time: () => board.note('a'), other: () => board.note('b') });
      },
      ({ failure }) => expect(String(failure?.error)).to.include('A racer cannot be called "time"'),
    ),
  );
});
