import { expect } from 'chai';
import { ContainerModule } from 'inversify';
import { raceScenario, type Program, type RaceScenario } from '../program.ts';

type Price = { readonly cents: number; readonly version: number };

abstract class Prices {
  abstract find(): Promise<Price>;
  abstract change(cents: number): Promise<Price>;
}

abstract class Cache {
  abstract get(): Promise<Price | undefined>;
  abstract put(price: Price): Promise<void>;
  /** Leaves what is there when that is of a later version. */
  abstract putIfNewer(price: Price): Promise<void>;
}

class InMemoryPrices implements Prices {
  price: Price = { cents: 100, version: 1 };

  async find(): Promise<Price> {
    return this.price;
  }

  async change(cents: number): Promise<Price> {
    return (this.price = { cents, version: this.price.version + 1 });
  }
}

class InMemoryCache implements Cache {
  cached: Price | undefined;

  async get(): Promise<Price | undefined> {
    return this.cached;
  }

  async put(price: Price): Promise<void> {
    this.cached = price;
  }

  async putIfNewer(price: Price): Promise<void> {
    if (this.cached === undefined || this.cached.version < price.version) this.cached = price;
  }
}

class CachedPrice {
  readonly #prices: Prices;
  protected readonly cache: Cache;

  constructor(prices: Prices, cache: Cache) {
    this.#prices = prices;
    this.cache = cache;
  }

  async show(): Promise<number> {
    const price = (await this.cache.get()) ?? (await this.fill(await this.#prices.find()));
    return price.cents;
  }

  async change(cents: number): Promise<void> {
    await this.fill(await this.#prices.change(cents));
  }

  protected async fill(price: Price): Promise<Price> {
    await this.cache.put(price);
    return price;
  }
}

class CachedPriceByVersion extends CachedPrice {
  protected override async fill(price: Price): Promise<Price> {
    await this.cache.putIfNewer(price);
    return price;
  }
}

function scenario(UseCase: typeof CachedPrice): RaceScenario {
  return raceScenario({
    world: () => ({ prices: new InMemoryPrices(), cache: new InMemoryCache() }),
    modules: ({ prices, cache }) => [
      new ContainerModule(({ bind }) => {
        bind(Prices).toConstantValue(prices);
        bind(Cache).toConstantValue(cache);
        bind(UseCase).toResolvedValue((prices, cache) => new UseCase(prices, cache), [Prices, Cache]);
      }),
    ],
    actors: async (get) => {
      const price = await get(UseCase);
      return { shopper: () => price.show(), merchant: () => price.change(120) };
    },
    check: ({ prices, cache }) => expect(cache.cached).to.deep.equal(prices.price),
  });
}

export const staleCache: Program = {
  name: 'cache filled with a stale value',
  fault: 'a price that was read before a change is cached after it, and stays',
  found: 'orders',
  faulty: scenario(CachedPrice),
  correct: scenario(CachedPriceByVersion),
};
