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

abstract class Library {
  abstract open(name: string): Promise<Shelf | AsyncIterable<string>>;
}

/** Gives its books one by one, and is no iterator. */
class Shelf {
  async return(_book: string): Promise<void> {}
  async *[Symbol.asyncIterator](): AsyncGenerator<string> {
    yield 'a book';
  }
}

class LibraryTest extends BoardTest {
  protected override modules() {
    const books = (): AsyncIterable<string> => ({
      async *[Symbol.asyncIterator]() {
        yield 'a book';
      },
    });
    const open = async (name: string) => (name === 'shelf' ? new Shelf() : books());
    return [...super.modules(), new ContainerModule(({ bind }) => void bind(Library).toConstantValue({ open }))];
  }
}
const library = LibraryTest.install();

abstract class Counters {
  abstract at(place: 'near' | 'far'): Counter;
}

class Counter {
  readonly count = 0;
  async reset(): Promise<void> {}
  next(): number | Promise<number> {
    return 1;
  }
}

class FarCounter extends Counter {
  override next(): Promise<number> {
    return Promise.resolve(2);
  }
}
Object.defineProperty(FarCounter, 'name', { value: 'Counter' });

class CountersTest extends BoardTest {
  protected override modules() {
    const at = (place: 'near' | 'far'): Counter => (place === 'near' ? new Counter() : new FarCounter());
    return [...super.modules(), new ContainerModule(({ bind }) => void bind(Counters).toConstantValue({ at }))];
  }
}
const counting = CountersTest.install();

describe('What is a step of a port', () => {
  for (const [name, asked, orders] of [
    ['shelf', 'a method called `return`', 6],
    ['shelf', 'the items of what it hands out', 20],
    ['books', 'the items of a literal', 20],
  ] as const) {
    it(
      `is ${asked}`,
      explored(
        library,
        async ({ get }) => {
          const shelves = await get(Library);
          const act = async (): Promise<void> => {
            const opened = await shelves.open(name);
            if (asked.startsWith('a method')) await (opened as Shelf).return('a book');
            else expect(await Array.fromAsync(opened)).to.deep.equal(['a book']);
          };

          await race({ one: act, other: act });
        },
        ({ certificate, failure }) => {
          expect(failure?.error).to.equal(undefined);
          expect(spoken(certificate)).to.equal(`complete: ${orders} of ${orders} orders`);
        },
      ),
    );
  }

  it(
    'is a method that answers later, whatever another object of that name does',
    explored(
      counting,
      async ({ get }) => {
        const counters = await get(Counters);
        const act = async (): Promise<void> => {
          const near: unknown = counters.at('near').next();
          const far: unknown = counters.at('far').next();
          expect([near, await far]).to.deep.equal([1, 2]);
        };

        await race({ one: act, other: act });
      },
      ({ certificate, failure }) => {
        expect(failure?.error).to.equal(undefined);
        expect(spoken(certificate)).to.equal('complete: 2 of 2 orders');
      },
    ),
  );

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
