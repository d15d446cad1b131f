import { ContainerModule } from 'inversify';
import { raceScenario, type Program, type RaceScenario } from '../program.ts';

type Transfer = { readonly from: string; readonly to: string; readonly cents: number };

abstract class Locks {
  /** Comes back when nobody else holds the lock. */
  abstract acquire(name: string): Promise<void>;
  abstract release(name: string): Promise<void>;
}

abstract class Ledger {
  abstract book(transfer: Transfer): Promise<void>;
}

class InMemoryLocks implements Locks {
  readonly #waiting = new Map<string, (() => void)[]>();

  async acquire(name: string): Promise<void> {
    const waiting = this.#waiting.get(name);
    if (waiting === undefined) this.#waiting.set(name, []);
    else await new Promise<void>((resolve) => waiting.push(resolve));
  }

  async release(name: string): Promise<void> {
    const next = this.#waiting.get(name)?.shift();
    if (next === undefined) this.#waiting.delete(name);
    else next();
  }
}

class TransferMoney {
  readonly #locks: Locks;
  readonly #ledger: Ledger;

  constructor(locks: Locks, ledger: Ledger) {
    this.#locks = locks;
    this.#ledger = ledger;
  }

  async execute(transfer: Transfer): Promise<void> {
    const names = this.inOrder([transfer.from, transfer.to]);
    for (const name of names) await this.#locks.acquire(name);
    await this.#ledger.book(transfer);
    for (const name of names) await this.#locks.release(name);
  }

  protected inOrder(names: readonly string[]): readonly string[] {
    return names;
  }
}

class TransferMoneyInOrder extends TransferMoney {
  protected override inOrder(names: readonly string[]): readonly string[] {
    return names.toSorted();
  }
}

function scenario(UseCase: typeof TransferMoney): RaceScenario {
  return raceScenario({
    world: () => new InMemoryLocks(),
    modules: (locks) => [
      new ContainerModule(({ bind }) => {
        bind(Locks).toConstantValue(locks);
        bind(Ledger).toConstantValue({ book: async () => {} });
        bind(UseCase).toResolvedValue((locks, ledger) => new UseCase(locks, ledger), [Locks, Ledger]);
      }),
    ],
    actors: async (get) => {
      const transfer = await get(UseCase);
      return {
        rent: () => transfer.execute({ from: 'ada', to: 'bob', cents: 900 }),
        refund: () => transfer.execute({ from: 'bob', to: 'ada', cents: 50 }),
      };
    },
  });
}

export const lockOrder: Program = {
  name: 'lock order',
  fault: 'two transfers between the same accounts lock them in opposite order, and wait for each other',
  shows: 'a deadlock',
  found: 'orders',
  faulty: scenario(TransferMoney),
  correct: scenario(TransferMoneyInOrder),
};
