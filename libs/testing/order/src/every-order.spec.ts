import { Clock } from '#kernel';
import { race } from '#testing/concurrency';
import { ContainerTest } from '#testing/container';
import { expect } from 'chai';
import { ContainerModule } from 'inversify';
import { everyOrder } from './every-order.ts';
import { exploreOrders } from './explore-orders.ts';
import { spoken } from './certificate.ts';

abstract class Counter {
  abstract read(): Promise<number>;
  abstract write(value: number): Promise<void>;
  abstract add(amount: number): Promise<void>;
}

/** Reads, adds and writes: an addition in between is lost. */
class AddOne {
  readonly #counter: Counter;

  constructor(counter: Counter) {
    this.#counter = counter;
  }

  async execute(): Promise<void> {
    const value = await this.#counter.read();
    await this.#counter.write(value + 1);
  }

  async atOnce(): Promise<void> {
    await this.#counter.read();
    await this.#counter.add(1);
  }
}

class CounterTest extends ContainerTest {
  value = 0;

  protected modules() {
    return [
      new ContainerModule(({ bind }) => {
        bind(Clock).toConstantValue(this.clock);
        bind(Counter).toConstantValue({
          read: async () => this.value,
          write: async (value) => void (this.value = value),
          add: async (amount) => void (this.value += amount),
        });
        bind(AddOne).toResolvedValue((counter) => new AddOne(counter), [Counter]);
      }),
    ];
  }
}

const t = CounterTest.install();

describe('Every order', () => {
  it(
    'of two actors with two calls is six, all of which are run',
    everyOrder(
      t,
      async (test) => {
        const addOne = await test.get(AddOne);

        await race({ one: () => addOne.atOnce(), other: () => addOne.atOnce() });

        expect(test.value).to.equal(2);
      },
      {
        complete: true,
        found: (exploration) => expect(spoken(exploration.certificate)).to.equal('complete: 6 of 6 orders'),
      },
    ),
  );

  it(
    'finds an update that is lost, in the order with the fewest switches',
    t.trials(
      async ({ run }) => {
        const found = await exploreOrders(() =>
          run(async (test) => {
            const addOne = await test.get(AddOne);

            await race({ one: () => addOne.execute(), other: () => addOne.execute() });

            expect(test.value).to.equal(2);
          }),
        );

        expect(found.failure?.switches).to.equal(1);
        expect(found.failure?.steps.map(({ actor, what }) => `${actor}: ${what}`)).to.deep.equal([
          'one: Counter.read',
          'other: Counter.read',
          'other: Counter.write',
          'one: Counter.write',
        ]);
        expect(found.failure?.isSmallest).to.equal(true);
      },
      { within: 5_000 },
    ),
  );
});
