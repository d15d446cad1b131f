import { expect } from 'chai';
import { ContainerModule } from 'inversify';
import { err, ok, type Result } from '#kernel';
import { raceScenario, type Program, type RaceScenario } from '../program.ts';

type State = 'open' | 'shipped' | 'cancelled';
type NotOpen = { readonly kind: 'NotOpen' };

abstract class Orders {
  abstract stateOf(id: string): Promise<State>;
  abstract move(id: string, to: State): Promise<void>;
  /** Answers whether the order was open until now; it is left as it is otherwise. */
  abstract moveIfOpen(id: string, to: State): Promise<boolean>;
}

abstract class Warehouse {
  abstract send(id: string): Promise<void>;
}

abstract class Payments {
  abstract refund(id: string): Promise<void>;
}

class InMemoryOrders implements Orders {
  readonly states = new Map<string, State>([['order 7', 'open']]);
  readonly sent: string[] = [];
  readonly refunded: string[] = [];

  async stateOf(id: string): Promise<State> {
    return this.states.get(id)!;
  }

  async move(id: string, to: State): Promise<void> {
    this.states.set(id, to);
  }

  async moveIfOpen(id: string, to: State): Promise<boolean> {
    if (this.states.get(id) !== 'open') return false;
    this.states.set(id, to);
    return true;
  }
}

class CloseOrder {
  protected readonly orders: Orders;
  readonly #warehouse: Warehouse;
  readonly #payments: Payments;

  constructor(orders: Orders, warehouse: Warehouse, payments: Payments) {
    this.orders = orders;
    this.#warehouse = warehouse;
    this.#payments = payments;
  }

  async execute(id: string, to: 'shipped' | 'cancelled'): Promise<Result<void, NotOpen>> {
    if (!(await this.close(id, to))) return err({ kind: 'NotOpen' });
    if (to === 'shipped') await this.#warehouse.send(id);
    else await this.#payments.refund(id);
    return ok();
  }

  protected async close(id: string, to: State): Promise<boolean> {
    if ((await this.orders.stateOf(id)) !== 'open') return false;
    await this.orders.move(id, to);
    return true;
  }
}

class CloseOpenOrder extends CloseOrder {
  protected override async close(id: string, to: State): Promise<boolean> {
    return await this.orders.moveIfOpen(id, to);
  }
}

function scenario(UseCase: typeof CloseOrder): RaceScenario {
  return raceScenario({
    world: () => new InMemoryOrders(),
    modules: (orders) => [
      new ContainerModule(({ bind }) => {
        bind(Orders).toConstantValue(orders);
        bind(Warehouse).toConstantValue({ send: async (id) => void orders.sent.push(id) });
        bind(Payments).toConstantValue({ refund: async (id) => void orders.refunded.push(id) });
        bind(UseCase).toResolvedValue(
          (orders, warehouse, payments) => new UseCase(orders, warehouse, payments),
          [Orders, Warehouse, Payments],
        );
      }),
    ],
    actors: async (get) => {
      const close = await get(UseCase);
      return {
        packer: () => close.execute('order 7', 'shipped'),
        customer: () => close.execute('order 7', 'cancelled'),
      };
    },
    check: ({ sent, refunded }) => expect([...sent, ...refunded]).to.have.lengthOf(1),
  });
}

export const cancelAgainstShip: Program = {
  name: 'cancel against complete',
  fault: 'an order is found open by who ships it and by who cancels it: sent and refunded',
  found: 'orders',
  faulty: scenario(CloseOrder),
  correct: scenario(CloseOpenOrder),
};
