import { expect } from 'chai';
import { ContainerModule } from 'inversify';
import { raceScenario, type Program, type RaceScenario } from '../program.ts';

type State = 'submitted' | 'in work' | 'approved';
type Expense = { readonly state: State; readonly cents: number; readonly version: number };

abstract class Expenses {
  abstract find(): Promise<Expense>;
  /** Answers whether the expense was in that state; nothing is changed otherwise. */
  abstract moveFrom(state: State, change: Partial<Expense>): Promise<boolean>;
  /** Answers whether the expense still had that version; nothing is changed otherwise. */
  abstract moveAsRead(version: number, change: Partial<Expense>): Promise<boolean>;
}

class InMemoryExpenses implements Expenses {
  expense: Expense = { state: 'submitted', cents: 1_000, version: 1 };

  async find(): Promise<Expense> {
    return this.expense;
  }

  async moveFrom(state: State, change: Partial<Expense>): Promise<boolean> {
    return this.#move(this.expense.state === state, change);
  }

  async moveAsRead(version: number, change: Partial<Expense>): Promise<boolean> {
    return this.#move(this.expense.version === version, change);
  }

  #move(may: boolean, change: Partial<Expense>): boolean {
    if (may) this.expense = { ...this.expense, ...change, version: this.expense.version + 1 };
    return may;
  }
}

class ApproveExpense {
  protected readonly expenses: Expenses;

  constructor(expenses: Expenses) {
    this.expenses = expenses;
  }

  /** Answers the amount that was approved; undefined where none was. */
  async execute(): Promise<number | undefined> {
    const expense = await this.expenses.find();
    if (expense.state !== 'submitted' || expense.cents > 5_000) return undefined;
    return (await this.approve(expense)) ? expense.cents : undefined;
  }

  protected async approve(_read: Expense): Promise<boolean> {
    return await this.expenses.moveFrom('submitted', { state: 'approved' });
  }
}

class ApproveExpenseAsRead extends ApproveExpense {
  protected override async approve({ version }: Expense): Promise<boolean> {
    return await this.expenses.moveAsRead(version, { state: 'approved' });
  }
}

function scenario(UseCase: typeof ApproveExpense): RaceScenario {
  return raceScenario({
    world: () => new InMemoryExpenses(),
    modules: (expenses) => [
      new ContainerModule(({ bind }) => {
        bind(Expenses).toConstantValue(expenses);
        bind(UseCase).toResolvedValue((expenses) => new UseCase(expenses), [Expenses]);
      }),
    ],
    actors: async (get) => {
      const [approve, expenses] = [await get(UseCase), await get(Expenses)];
      const correct = async (): Promise<void> => {
        if (!(await expenses.moveFrom('submitted', { state: 'in work' }))) return;
        await expenses.moveFrom('in work', { cents: 9_000 });
        await expenses.moveFrom('in work', { state: 'submitted' });
      };
      return { manager: () => approve.execute(), employee: () => correct() };
    },
    check: ({ expense: { state, cents } }) => {
      if (state === 'approved') expect(cents).to.be.at.most(5_000);
    },
  });
}

export const changedAndBack: Program = {
  name: 'changed and changed back',
  fault: 'an expense is approved because its state is as it was, with another amount in it',
  found: 'orders',
  faulty: scenario(ApproveExpense),
  correct: scenario(ApproveExpenseAsRead),
};
