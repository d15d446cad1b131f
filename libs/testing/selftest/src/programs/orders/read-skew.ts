import { expect } from 'chai';
import { ContainerModule } from 'inversify';
import { raceScenario, type Program, type RaceScenario } from '../program.ts';

abstract class Accounts {
  abstract balanceOf(id: string): Promise<number>;
  /** All balances as they are at one moment. */
  abstract balances(): Promise<ReadonlyMap<string, number>>;
  abstract transfer(transfer: { readonly from: string; readonly to: string; readonly cents: number }): Promise<void>;
}

class InMemoryAccounts implements Accounts {
  readonly #balances = new Map([
    ['checking', 300],
    ['savings', 700],
  ]);

  async balanceOf(id: string): Promise<number> {
    return this.#balances.get(id) ?? 0;
  }

  async balances(): Promise<ReadonlyMap<string, number>> {
    return new Map(this.#balances);
  }

  async transfer({ from, to, cents }: Parameters<Accounts['transfer']>[0]): Promise<void> {
    this.#balances.set(from, (this.#balances.get(from) ?? 0) - cents);
    this.#balances.set(to, (this.#balances.get(to) ?? 0) + cents);
  }
}

class ShowWealth {
  protected readonly accounts: Accounts;

  constructor(accounts: Accounts) {
    this.accounts = accounts;
  }

  async execute(): Promise<number> {
    return (await this.accounts.balanceOf('checking')) + (await this.accounts.balanceOf('savings'));
  }
}

class ShowWealthOfOneMoment extends ShowWealth {
  override async execute(): Promise<number> {
    return [...(await this.accounts.balances()).values()].reduce((sum, cents) => sum + cents, 0);
  }
}

function scenario(UseCase: typeof ShowWealth): RaceScenario {
  return raceScenario({
    world: () => new InMemoryAccounts(),
    modules: (accounts) => [
      new ContainerModule(({ bind }) => {
        bind(Accounts).toConstantValue(accounts);
        bind(UseCase).toResolvedValue((accounts) => new UseCase(accounts), [Accounts]);
      }),
    ],
    actors: async (get) => {
      const [show, accounts] = [await get(UseCase), await get(Accounts)];
      return {
        report: () => show.execute(),
        saver: () => accounts.transfer({ from: 'checking', to: 'savings', cents: 100 }),
      };
    },
    check: (_, outcomes) => expect(outcomes.of('report')).to.include({ value: 1_000 }),
  });
}

export const readSkew: Program = {
  name: 'read skew',
  fault: 'a sum is made of balances from before and after a transfer',
  found: 'orders',
  faulty: scenario(ShowWealth),
  correct: scenario(ShowWealthOfOneMoment),
};
