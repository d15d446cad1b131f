import { expect } from 'chai';
import { ContainerModule } from 'inversify';
import { raceScenario, type Program, type RaceScenario } from '../program.ts';

const ATTEMPTS = 3;

type Counter = { readonly stock: number; readonly version: number };

abstract class Stock {
  abstract find(): Promise<Counter>;
  /** Answers whether the stock still had that version; nothing is changed otherwise. */
  abstract update(counter: Counter): Promise<boolean>;
}

class InMemoryStock implements Stock {
  counter: Counter = { stock: 10, version: 1 };

  async find(): Promise<Counter> {
    return this.counter;
  }

  async update({ stock, version }: Counter): Promise<boolean> {
    if (version !== this.counter.version) return false;
    this.counter = { stock, version: version + 1 };
    return true;
  }
}

class TakeFromStock {
  readonly #stock: Stock;

  constructor(stock: Stock) {
    this.#stock = stock;
  }

  async execute(count: number): Promise<void> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const { stock, version } = await this.#stock.find();
      if (await this.#stock.update({ stock: stock - count, version })) return;
    }
    this.giveUp();
  }

  protected giveUp(): void {}
}

class TakeFromStockOrFail extends TakeFromStock {
  protected override giveUp(): void {
    throw new Error('The stock changes too often.');
  }
}

function scenario(UseCase: typeof TakeFromStock): RaceScenario {
  return raceScenario({
    world: () => new InMemoryStock(),
    modules: (stock) => [
      new ContainerModule(({ bind }) => {
        bind(Stock).toConstantValue(stock);
        bind(UseCase).toResolvedValue((stock) => new UseCase(stock), [Stock]);
      }),
    ],
    actors: async (get) => {
      const take = await get(UseCase);
      const takeThrice = async (): Promise<void> => {
        for (let order = 1; order <= 3; order += 1) await take.execute(1);
      };
      return { wholesale: () => takeThrice(), retail: () => take.execute(4) };
    },
    check: ({ counter }, outcomes) => {
      if (outcomes.of('retail').ended === 'fulfilled' && outcomes.of('wholesale').ended === 'fulfilled')
        expect(counter.stock).to.equal(3);
    },
  });
}

export const givenUpSilently: Program = {
  name: 'given up silently',
  fault: 'after three lost races the update is dropped, and nobody is told',
  found: 'orders',
  faulty: scenario(TakeFromStock),
  correct: scenario(TakeFromStockOrFail),
};
