import { expect } from 'chai';
import { ContainerModule } from 'inversify';
import { raceScenario, type Program, type RaceScenario } from '../program.ts';

abstract class Customers {
  abstract addressOf(customer: string): Promise<string>;
}

abstract class Sales {
  abstract linesOf(customer: string): Promise<readonly string[]>;
}

class PrintInvoice {
  protected readonly customers: Customers;
  protected readonly sales: Sales;
  #lines: string[] = [];

  constructor(customers: Customers, sales: Sales) {
    this.customers = customers;
    this.sales = sales;
  }

  async execute(customer: string): Promise<readonly string[]> {
    this.#lines = [await this.customers.addressOf(customer)];
    for (const line of await this.sales.linesOf(customer)) this.#lines.push(line);
    return this.#lines;
  }
}

class PrintInvoiceOfItsOwn extends PrintInvoice {
  override async execute(customer: string): Promise<readonly string[]> {
    const lines = [await this.customers.addressOf(customer)];
    for (const line of await this.sales.linesOf(customer)) lines.push(line);
    return lines;
  }
}

function scenario(UseCase: typeof PrintInvoice): RaceScenario {
  return raceScenario({
    world: () => ({}),
    modules: () => [
      new ContainerModule(({ bind }) => {
        bind(Customers).toConstantValue({ addressOf: async (customer) => `To ${customer}` });
        bind(Sales).toConstantValue({ linesOf: async (customer) => [`a lamp for ${customer}`] });
        bind(UseCase).toResolvedValue((customers, sales) => new UseCase(customers, sales), [Customers, Sales]);
      }),
    ],
    actors: async (get) => {
      const print = await get(UseCase);
      return { ada: () => print.execute('ada'), bob: () => print.execute('bob') };
    },
    check: (_, outcomes) => {
      for (const name of ['ada', 'bob'])
        expect(outcomes.of(name)).to.deep.include({ value: [`To ${name}`, `a lamp for ${name}`] });
    },
  });
}

export const sharedBuffer: Program = {
  name: "read someone else's answer",
  fault: 'a use case that all requests share collects its lines in a field, across awaits',
  found: 'orders',
  faulty: scenario(PrintInvoice),
  correct: scenario(PrintInvoiceOfItsOwn),
};
