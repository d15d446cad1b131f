import { expect } from 'chai';
import { ContainerModule } from 'inversify';
import { ok, type Result } from '#kernel';
import { workflowScenario, type WorkflowScenario } from './program.ts';

type Keyed = { readonly key?: string };

abstract class Stock {
  /** Reserves once for an order. */
  abstract reserve(order: string, signal: AbortSignal): Promise<void>;
}

abstract class Payments {
  /** Charges once for each key, and every time where there is none. */
  abstract charge(charge: Keyed, signal: AbortSignal): Promise<void>;
}

abstract class Carrier {
  /** Books once for each key, and answers the number of the parcel. */
  abstract book(parcel: Keyed, signal: AbortSignal): Promise<number>;
}

abstract class Orders {
  abstract isShipped(order: string, signal: AbortSignal): Promise<boolean>;
  abstract ship(order: string, signal: AbortSignal): Promise<void>;
  /** Adds an event to what is still to be told, unless it is there. */
  abstract tell(event: string, signal: AbortSignal): Promise<void>;
}

type Stores = { readonly orders: Orders };

abstract class ShopTransaction {
  abstract run<T, E>(work: (stores: Stores) => Promise<Result<T, E>>, signal: AbortSignal): Promise<Result<T, E>>;
}

/** Does what it is asked once for each key. */
class Partner implements Stock, Payments, Carrier {
  readonly done: Keyed[] = [];

  async reserve(order: string, signal: AbortSignal): Promise<void> {
    this.#once({ key: order }, signal);
  }

  async charge(charge: Keyed, signal: AbortSignal): Promise<void> {
    this.#once(charge, signal);
  }

  async book(parcel: Keyed, signal: AbortSignal): Promise<number> {
    this.#once(parcel, signal);
    return this.done.length;
  }

  #once(asked: Keyed, signal: AbortSignal): void {
    signal.throwIfAborted();
    if (asked.key === undefined || !this.done.some(({ key }) => key === asked.key)) this.done.push(asked);
  }
}

class Rows implements Orders {
  readonly shipped: Set<string>;
  readonly events: Set<string>;

  constructor({ shipped, events }: { readonly shipped: Iterable<string>; readonly events: Iterable<string> }) {
    this.shipped = new Set(shipped);
    this.events = new Set(events);
  }

  async isShipped(order: string, signal: AbortSignal): Promise<boolean> {
    signal.throwIfAborted();
    return this.shipped.has(order);
  }

  async ship(order: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.shipped.add(order);
  }

  async tell(event: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.events.add(event);
  }
}

class InMemoryShop implements ShopTransaction {
  readonly stock = new Partner();
  readonly payments = new Partner();
  readonly carrier = new Partner();
  rows = new Rows({ shipped: [], events: [] });

  async run<T, E>(work: (stores: Stores) => Promise<Result<T, E>>, signal: AbortSignal): Promise<Result<T, E>> {
    signal.throwIfAborted();
    const rows = new Rows(this.rows);
    const done = await work({ orders: rows });
    signal.throwIfAborted();
    if (done.ok) this.rows = rows;
    return done;
  }
}

/** Reserves, charges, has it fetched, and tells the others: what can be taken up again wherever it was left. */
class FulfilOrder {
  readonly #shop: ShopTransaction;
  readonly #stock: Stock;
  readonly #payments: Payments;
  readonly #carrier: Carrier;

  constructor(shop: ShopTransaction, stock: Stock, payments: Payments, carrier: Carrier) {
    this.#shop = shop;
    this.#stock = stock;
    this.#payments = payments;
    this.#carrier = carrier;
  }

  async execute(order: string, signal: AbortSignal): Promise<void> {
    const known = await this.#shop.run(async ({ orders }) => ok(await orders.isShipped(order, signal)), signal);
    if (known.ok && known.value) return;
    await this.#stock.reserve(order, signal);
    await this.#payments.charge(this.chargeFor(order), signal);
    const parcel = await this.#carrier.book({ key: order }, signal);
    await this.#shop.run(async ({ orders }) => {
      await orders.ship(order, signal);
      await orders.tell(`${order} left as parcel ${parcel}`, signal);
      return ok();
    }, signal);
  }

  protected chargeFor(order: string): Keyed {
    return { key: order };
  }
}

class FulfilOrderWithoutKey extends FulfilOrder {
  protected override chargeFor(): Keyed {
    return {};
  }
}

function scenario(UseCase: typeof FulfilOrder): WorkflowScenario {
  return workflowScenario({
    world: () => new InMemoryShop(),
    modules: (shop) => [
      new ContainerModule(({ bind }) => {
        bind(ShopTransaction).toConstantValue(shop);
        bind(Stock).toConstantValue(shop.stock);
        bind(Payments).toConstantValue(shop.payments);
        bind(Carrier).toConstantValue(shop.carrier);
        bind(UseCase).toResolvedValue(
          (shop, stock, payments, carrier) => new UseCase(shop, stock, payments, carrier),
          [ShopTransaction, Stock, Payments, Carrier],
        );
      }),
    ],
    workflow: async (get, signal) => (await get(UseCase)).execute('order 7', signal),
    check: ({ stock, payments, carrier, rows }) => {
      expect([stock, payments, carrier].map(({ done }) => done.length)).to.deep.equal([1, 1, 1]);
      expect([...rows.shipped]).to.deep.equal(['order 7']);
      expect([...rows.events]).to.deep.equal(['order 7 left as parcel 1']);
    },
  });
}

/** The workflow by which sweeping is measured, and the same with a key forgotten. */
export const fulfilOrder = { correct: scenario(FulfilOrder), faulty: scenario(FulfilOrderWithoutKey) } as const;
