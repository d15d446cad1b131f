import { ContainerModule } from 'inversify';
import { raceScenario, type Program, type RaceScenario } from '../program.ts';

const CONNECTIONS = 2;

type Connection = { readonly number: number };

abstract class Pool {
  /** Comes back when a connection is free. */
  abstract take(): Promise<Connection>;
  abstract give(connection: Connection): Promise<void>;
}

abstract class Statements {
  abstract run(connection: Connection, statement: string): Promise<void>;
}

class InMemoryPool implements Pool {
  readonly #free = Array.from({ length: CONNECTIONS }, (_, number): Connection => ({ number }));
  readonly #waiting: ((connection: Connection) => void)[] = [];

  async take(): Promise<Connection> {
    return this.#free.pop() ?? (await new Promise<Connection>((resolve) => this.#waiting.push(resolve)));
  }

  async give(connection: Connection): Promise<void> {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free.push(connection);
    else next(connection);
  }
}

class StoreVersion {
  protected readonly pool: Pool;
  protected readonly statements: Statements;

  constructor(pool: Pool, statements: Statements) {
    this.pool = pool;
    this.statements = statements;
  }

  async execute(): Promise<void> {
    const connection = await this.pool.take();
    await this.statements.run(connection, 'INSERT INTO versions');
    await this.audit(connection);
    await this.pool.give(connection);
  }

  protected async audit(_held: Connection): Promise<void> {
    const connection = await this.pool.take();
    await this.statements.run(connection, 'INSERT INTO audit');
    await this.pool.give(connection);
  }
}

class StoreVersionOnOne extends StoreVersion {
  protected override async audit(held: Connection): Promise<void> {
    await this.statements.run(held, 'INSERT INTO audit');
  }
}

function scenario(UseCase: typeof StoreVersion): RaceScenario {
  return raceScenario({
    world: () => new InMemoryPool(),
    modules: (pool) => [
      new ContainerModule(({ bind }) => {
        bind(Pool).toConstantValue(pool);
        bind(Statements).toConstantValue({ run: async () => {} });
        bind(UseCase).toResolvedValue((pool, statements) => new UseCase(pool, statements), [Pool, Statements]);
      }),
    ],
    actors: async (get) => {
      const store = await get(UseCase);
      return { east: () => store.execute(), west: () => store.execute() };
    },
  });
}

export const poolExhausted: Program = {
  name: 'pool exhaustion',
  fault: 'who holds a connection asks the pool for another one; two of them have them all, and wait',
  shows: 'a deadlock',
  found: 'orders',
  faulty: scenario(StoreVersion),
  correct: scenario(StoreVersionOnOne),
};
