import { Clock } from '#kernel';
import { expect } from 'chai';
import { ContainerModule } from 'inversify';
import { WorkflowTest } from './workflow-test.ts';

type Order = { readonly id: string; readonly state: 'open' | 'sent' | 'refused' };

abstract class Orders {
  abstract save(order: Order): Promise<void>;
  abstract find(id: string): Promise<Order | undefined>;
}
abstract class Carrier {
  abstract fetch(id: string): Promise<void>;
}

/** Has an order fetched, asking three times an hour apart. */
class Shipping {
  readonly #orders: Orders;
  readonly #carrier: Carrier;
  readonly #clock: Clock;
  working: Promise<void> | undefined;

  constructor(orders: Orders, carrier: Carrier, clock: Clock) {
    this.#orders = orders;
    this.#carrier = carrier;
    this.#clock = clock;
  }

  async begin(id: string): Promise<string> {
    await this.#orders.save({ id, state: 'open' });
    this.working = this.#ship(id);
    return id;
  }

  async #ship(id: string): Promise<void> {
    for (let tries = 1; tries <= 3; tries += 1) {
      try {
        await this.#carrier.fetch(id);
        return await this.#orders.save({ id, state: 'sent' });
      } catch {
        await this.#clock.sleep(3_600_000);
      }
    }
    await this.#orders.save({ id, state: 'refused' });
  }
}

class ShippingTest extends WorkflowTest {
  readonly #saved = new Map<string, Order>();
  breakdowns = 0;

  protected override modules(): readonly ContainerModule[] {
    return [
      new ContainerModule(({ bind }) => {
        bind(Clock).toConstantValue(this.clock);
        bind(Orders).toConstantValue({
          save: async (order) => void this.#saved.set(order.id, order),
          find: async (id) => this.#saved.get(id),
        });
        bind(Carrier).toConstantValue({
          fetch: async () => {
            this.breakdowns -= 1;
            if (this.breakdowns >= 0) throw new Error('The van has broken down.');
          },
        });
        bind(Shipping).toResolvedValue((...parts) => new Shipping(...parts), [Orders, Carrier, Clock]);
      }),
    ];
  }

  async ship(): Promise<Order> {
    const [shipping, orders] = [await this.get(Shipping), await this.get(Orders)];
    this.defer(() => shipping.working);
    return this.complete({
      what: 'the order to be sent',
      begin: () => shipping.begin('o1'),
      probe: (id) => orders.find(id),
      done: ({ state }) => state === 'sent',
      failed: ({ state }) => state === 'refused',
      within: 86_400_000,
    });
  }
}
const t = ShippingTest.install();

describe('A test of a workflow', () => {
  it(
    'begins it, lets hours pass, and knows its end and its steps',
    t.test(async (test) => {
      test.breakdowns = 1;

      const end = await test.ship();

      expect(end).to.deep.equal({ id: 'o1', state: 'sent' });
      expect(test.steps(Carrier)).to.deep.equal(['Carrier.fetch failed', 'Carrier.fetch']);
      expect(test.steps(Carrier, Orders).filter((step) => step !== 'Orders.find')).to.deep.equal([
        'Orders.save',
        'Carrier.fetch failed',
        'Carrier.fetch',
        'Orders.save',
      ]);
    }),
  );

  it(
    'fails as soon as it comes to another end',
    t.test(async (test) => {
      test.breakdowns = 3;

      const failure = await test.ship().catch((error: Error) => error.message);

      expect(failure).to.equal(
        "Waited for the order to be sent, and it came to another end: { id: 'o1', state: 'refused' }.",
      );
    }),
  );
});
