import { expect } from 'chai';
import { ContainerModule } from 'inversify';
import { ok, type Result } from '#kernel';
import { workflowScenario, type Program, type WorkflowScenario } from '../program.ts';

abstract class Table {
  abstract has(row: string, signal: AbortSignal): Promise<boolean>;
  abstract insert(row: string, signal: AbortSignal): Promise<void>;
}

type Stores = { readonly orders: Table; readonly outbox: Table };

abstract class ShopTransaction {
  abstract run<T, E>(work: (stores: Stores) => Promise<Result<T, E>>, signal: AbortSignal): Promise<Result<T, E>>;
}

class InMemoryTable implements Table {
  readonly rows: Set<string>;

  constructor(rows: Iterable<string>) {
    this.rows = new Set(rows);
  }

  async has(row: string, signal: AbortSignal): Promise<boolean> {
    signal.throwIfAborted();
    return this.rows.has(row);
  }

  async insert(row: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.rows.has(row)) throw new Error(`${row} is there already.`);
    this.rows.add(row);
  }
}

class InMemoryShop implements ShopTransaction {
  orders = new InMemoryTable([]);
  outbox = new InMemoryTable([]);

  async run<T, E>(work: (stores: Stores) => Promise<Result<T, E>>, signal: AbortSignal): Promise<Result<T, E>> {
    signal.throwIfAborted();
    const { orders, outbox } = this;
    const changed = { orders: new InMemoryTable(orders.rows), outbox: new InMemoryTable(outbox.rows) };
    const done = await work(changed);
    signal.throwIfAborted();
    if (done.ok) Object.assign(this, changed);
    return done;
  }
}

class SubmitOrder {
  protected readonly transaction: ShopTransaction;

  constructor(transaction: ShopTransaction) {
    this.transaction = transaction;
  }

  async execute(order: string, signal: AbortSignal): Promise<void> {
    const isKnown = await this.transaction.run(async ({ orders }) => {
      if (await orders.has(order, signal)) return ok(true);
      await orders.insert(order, signal);
      return ok(false);
    }, signal);
    if (isKnown.ok && isKnown.value) return;
    await this.transaction.run(async ({ outbox }) => {
      await outbox.insert(`${order} was submitted`, signal);
      return ok();
    }, signal);
  }
}

class SubmitOrderInOne extends SubmitOrder {
  override async execute(order: string, signal: AbortSignal): Promise<void> {
    await this.transaction.run(async ({ orders, outbox }) => {
      if (await orders.has(order, signal)) return ok();
      await orders.insert(order, signal);
      await outbox.insert(`${order} was submitted`, signal);
      return ok();
    }, signal);
  }
}

function scenario(UseCase: typeof SubmitOrder): WorkflowScenario {
  return workflowScenario({
    world: () => new InMemoryShop(),
    modules: (shop) => [
      new ContainerModule(({ bind }) => {
        bind(ShopTransaction).toConstantValue(shop);
        bind(UseCase).toResolvedValue((transaction) => new UseCase(transaction), [ShopTransaction]);
      }),
    ],
    workflow: async (get, signal) => (await get(UseCase)).execute('order 7', signal),
    check: ({ orders, outbox }) => {
      expect([...orders.rows]).to.deep.equal(['order 7']);
      expect([...outbox.rows]).to.deep.equal(['order 7 was submitted']);
    },
  });
}

export const tornOutbox: Program = {
  name: 'non-atomic outbox',
  fault: 'an order is committed before its event, which a process that dies in between never writes',
  found: 'faults',
  faulty: scenario(SubmitOrder),
  correct: scenario(SubmitOrderInOne),
};
