import { race } from '#testing/concurrency';
import { ContainerTest } from '#testing/container';
import { TestDatabase } from '#testing/database';
import { expect } from 'chai';
import { ContainerModule } from 'inversify';
import { EntitySchema, type DataSource, type EntityManager, type MigrationInterface, type QueryRunner } from 'typeorm';
import type { Exploration } from './exploration.ts';
import { exploreOrders } from './explore-orders.ts';

class CreateCounters1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE counters (id int PRIMARY KEY, n int NOT NULL)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE counters');
  }
}

const counterRow = new EntitySchema({
  name: 'Counter',
  tableName: 'counters',
  columns: { id: { type: 'int', primary: true }, n: { type: 'int' } },
});

/** Statements of one transaction, each a step. */
abstract class Statements {
  abstract query(sql: string): Promise<readonly { readonly n: number }[]>;
}

abstract class Transactions {
  abstract run(level: 'READ COMMITTED' | 'SERIALIZABLE', work: (open: Statements) => Promise<void>): Promise<void>;
}

class PostgresStatements implements Statements {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  async query(sql: string): Promise<readonly { readonly n: number }[]> {
    return this.#manager.query(sql);
  }
}

class PostgresTransactions implements Transactions {
  readonly #source: DataSource;

  constructor(source: DataSource) {
    this.#source = source;
  }

  run(level: 'READ COMMITTED' | 'SERIALIZABLE', work: (open: Statements) => Promise<void>): Promise<void> {
    return this.#source.transaction(level, (manager) => work(new PostgresStatements(manager)));
  }
}

class CountersTest extends ContainerTest {
  readonly database = this.part(
    new TestDatabase({ rows: [counterRow], migrations: [CreateCounters1700000000001] }, { rung: 'reset', races: true }),
  );

  protected modules() {
    const { source } = this.database;
    return [
      new ContainerModule(({ bind }) => {
        bind(Transactions).toResolvedValue(() => new PostgresTransactions(source));
      }),
    ];
  }

  /** Lets two transactions race over two counters that begin with 0, and answers what they threw and the counters. */
  async between(
    one: (open: Statements) => Promise<void>,
    other: (open: Statements) => Promise<void>,
    level: 'READ COMMITTED' | 'SERIALIZABLE' = 'READ COMMITTED',
  ): Promise<{ readonly errors: string; readonly counters: readonly number[] }> {
    await this.database.source.query('INSERT INTO counters VALUES (1, 0), (2, 0)');
    const transactions = await this.get(Transactions);
    const table = await race({
      one: () => transactions.run(level, one),
      other: () => transactions.run(level, other),
    });
    const rows = await this.database.source.query<{ n: number }[]>('SELECT n FROM counters ORDER BY id');
    return { errors: String(table), counters: rows.map(({ n }) => n) };
  }
}

const t = CountersTest.install();

const LOST = async (open: Statements): Promise<void> => {
  const [row] = await open.query('SELECT n FROM counters WHERE id = 1');
  await open.query(`UPDATE counters SET n = ${(row?.n ?? 0) + 1} WHERE id = 1`);
};
const LOCKED = async (open: Statements): Promise<void> => {
  const [row] = await open.query('SELECT n FROM counters WHERE id = 1 FOR UPDATE');
  await open.query(`UPDATE counters SET n = ${(row?.n ?? 0) + 1} WHERE id = 1`);
};
const AT_ONCE = (open: Statements): Promise<void> =>
  open.query('UPDATE counters SET n = n + 1 WHERE id = 1').then(() => {});

/** Adds to one counter if both are 0. */
const skewed =
  (id: number) =>
  async (open: Statements): Promise<void> => {
    const rows = await open.query('SELECT n FROM counters');
    if (rows.every(({ n }) => n === 0)) await open.query(`UPDATE counters SET n = 1 WHERE id = ${id}`);
  };
const bothIn =
  (...ids: readonly number[]) =>
  async (open: Statements): Promise<void> => {
    for (const id of ids) await open.query(`UPDATE counters SET n = n + 1 WHERE id = ${id}`);
  };

function explores(body: (test: CountersTest) => Promise<void>, judge: (found: Exploration) => void): Mocha.AsyncFunc {
  return t.trials(async ({ run, signal }) => judge(await exploreOrders(() => run(body), { signal, switches: 2 })), {
    within: 20_000,
  });
}

describe('Orders of real transactions', () => {
  it(
    'show a lost update with one switch',
    explores(
      async ({ between }) => {
        expect((await between(LOST, LOST)).counters[0]).to.equal(2);
      },
      ({ failure }) => {
        expect(String(failure?.error)).to.include('expected 1 to equal 2');
        expect(failure).to.include({ switches: 1, isSmallest: true });
      },
    ),
  );

  for (const [name, work] of Object.entries({ 'FOR UPDATE': LOCKED, 'n = n + 1': AT_ONCE })) {
    it(
      `show none with ${name}, in all orders`,
      t.trials(
        async ({ run, signal }) => {
          const { certificate, failure } = await exploreOrders(
            () => run(async ({ between }) => expect((await between(work, work)).counters[0]).to.equal(2)),
            { signal },
          );

          expect(failure?.error).to.equal(undefined);
          expect(certificate.isComplete).to.equal(true);
        },
        { within: 20_000 },
      ),
    );
  }

  it(
    'show write skew, which a serializable transaction refuses by name',
    explores(
      async ({ between }) => {
        const { errors, counters } = await between(skewed(1), skewed(2), 'SERIALIZABLE');
        expect(counters.reduce((sum, n) => sum + n)).to.equal(1);
        expect(errors).to.not.include('could not serialize access');
      },
      ({ failure }) => expect(String(failure?.error)).to.include('could not serialize access'),
    ),
  );

  it(
    'show a deadlock by name',
    explores(
      async ({ between }) => {
        const { errors } = await between(bothIn(1, 2), bothIn(2, 1));
        expect(errors).to.not.include('deadlock detected');
      },
      ({ failure }) => expect(String(failure?.error)).to.include('deadlock detected'),
    ),
  );

  it(
    'show no deadlock where both take the rows in the same order',
    explores(
      async ({ between }) => {
        expect((await between(bothIn(1, 2), bothIn(1, 2))).errors).to.not.include('deadlock');
      },
      ({ failure }) => expect(failure?.error).to.equal(undefined),
    ),
  );
});
