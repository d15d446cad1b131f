import { expect } from 'chai';
import { ContainerModule } from 'inversify';
import { raceScenario, type Program, type RaceScenario } from '../program.ts';

type Account = { readonly id: string; readonly cents: number };

abstract class Accounts {
  abstract find(id: string): Promise<Account>;
  abstract save(account: Account): Promise<void>;
  abstract add(id: string, cents: number): Promise<void>;
}

class InMemoryAccounts implements Accounts {
  readonly cents = new Map([['ada', 100]]);

  async find(id: string): Promise<Account> {
    return { id, cents: this.cents.get(id) ?? 0 };
  }

  async save({ id, cents }: Account): Promise<void> {
    this.cents.set(id, cents);
  }

  async add(id: string, cents: number): Promise<void> {
    this.cents.set(id, (this.cents.get(id) ?? 0) + cents);
  }
}

class Deposit {
  protected readonly accounts: Accounts;

  constructor(accounts: Accounts) {
    this.accounts = accounts;
  }

  async execute(id: string, cents: number): Promise<void> {
    const account = await this.accounts.find(id);
    await this.accounts.save({ id, cents: account.cents + cents });
  }
}

class DepositInOneStep extends Deposit {
  override async execute(id: string, cents: number): Promise<void> {
    await this.accounts.add(id, cents);
  }
}

function scenario(UseCase: typeof Deposit): RaceScenario {
  return raceScenario({
    world: () => new InMemoryAccounts(),
    modules: (accounts) => [
      new ContainerModule(({ bind }) => {
        bind(Accounts).toConstantValue(accounts);
        bind(UseCase).toResolvedValue((accounts) => new UseCase(accounts), [Accounts]);
      }),
    ],
    actors: async (get) => {
      const deposit = await get(UseCase);
      return { salary: () => deposit.execute('ada', 50), refund: () => deposit.execute('ada', 7) };
    },
    check: ({ cents }) => expect(cents.get('ada')).to.equal(157),
  });
}

export const lostUpdate: Program = {
  name: 'lost update',
  fault: 'a balance is read, added to and saved, while someone else does the same',
  found: 'orders',
  faulty: scenario(Deposit),
  correct: scenario(DepositInOneStep),
};
