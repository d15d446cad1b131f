import { err, ok } from '#kernel';
import { expect } from 'chai';
import type { DataSource, EntityManager } from 'typeorm';
import { migrate } from './migrate.ts';
import { poolUsage } from './pool.ts';
import { readWith } from './read-with.ts';
import { shelfRow, shelves } from './testing/shelves.ts';
import { SpecDatabaseTest } from './testing/spec-database.ts';
import { TypeOrmTransaction } from './typeorm-transaction.ts';

const FAILURES = 1_000;
const AT_ONCE = 12;
const never = new AbortController().signal;

class PoolTest extends SpecDatabaseTest {
  source!: DataSource;
  bystander!: DataSource;
  transaction!: TypeOrmTransaction<EntityManager>;

  protected override async setUp(): Promise<void> {
    this.source = await this.open([shelves], { poolSize: 4 });
    this.bystander = await this.open([], { poolSize: 2 });
    await migrate(this.source, never);
    this.transaction = new TypeOrmTransaction(this.source, (manager) => manager);
    await this.source.manager.insert(shelfRow, { id: 1, label: 'taken' });
  }

  /** Each fails in its own way; a name for each. */
  failures(): Record<string, () => Promise<unknown>> {
    const run = (work: (manager: EntityManager) => Promise<unknown>): Promise<unknown> =>
      this.transaction.run(async (manager) => ok(await work(manager)), never);
    return {
      'a violated constraint': () => run((manager) => manager.insert(shelfRow, { id: 1, label: 'again' })),
      'a syntax error': () => run((manager) => manager.query('SELEKT')),
      'a throw': () => run(() => Promise.reject(new Error('on purpose'))),
      'a refusal': () => this.transaction.run(() => Promise.resolve(err('no')), never),
      'a statement that takes too long': () =>
        run(async (manager) => {
          await manager.query('SET LOCAL statement_timeout = 1');
          await manager.query('SELECT pg_sleep(1)');
        }),
      'a backend that is killed': () => run((manager) => this.#killed(manager)),
      'a backend that was idle for too long': () => run((manager) => this.#idleForTooLong(manager)),
      'an abort in a statement': () => this.#aborted('SELECT pg_sleep(10)'),
      'an abort between statements': () => this.#aborted(undefined),
      'a read that fails': () => readWith(this.source, never, (manager) => manager.query('SELEKT')),
      'a read whose backend is killed': () => readWith(this.source, never, (manager) => this.#killed(manager)),
    };
  }

  async #pidOf(manager: EntityManager): Promise<number> {
    return (await manager.query<[{ pid: number }]>('SELECT pg_backend_pid() AS pid'))[0].pid;
  }

  async #killed(manager: EntityManager): Promise<unknown> {
    await this.bystander.query('SELECT pg_terminate_backend($1)', [await this.#pidOf(manager)]);
    return manager.query('SELECT 1');
  }

  async #aborted(query: string | undefined): Promise<unknown> {
    const stop = new AbortController();
    return this.transaction.run(async (manager) => {
      const pid = await this.#pidOf(manager);
      const statement = query === undefined ? undefined : manager.query(query);
      if (statement) await this.#until(pid, 'to be at work', (state) => state === 'active');
      stop.abort(new Error('stop'));
      return ok(await statement);
    }, stop.signal);
  }

  async #idleForTooLong(manager: EntityManager): Promise<unknown> {
    await manager.query('SET LOCAL idle_in_transaction_session_timeout = 1');
    await this.#until(await this.#pidOf(manager), 'to be gone', (state) => state === undefined);
    return manager.query('SELECT 1');
  }

  async #until(pid: number, what: string, is: (state: string | undefined) => boolean): Promise<void> {
    const probe = async (): Promise<boolean> => {
      const sql = 'SELECT state FROM pg_stat_activity WHERE pid = $1';
      const [session] = await this.bystander.query<{ state: string }[]>(sql, [pid]);
      return is(session?.state);
    };
    await this.eventually({ what: `session ${pid} ${what}`, probe });
  }
}

const t = PoolTest.install();

describe('A pool', function () {
  this.timeout(60_000);

  it(
    `has lost no connection after ${FAILURES} failed transactions of every kind`,
    t.test(async (test) => {
      const { source } = test;
      const kinds = Object.entries(test.failures());
      const unexpected: string[] = [];
      let next = 0;
      const failOnAndOn = async (): Promise<void> => {
        for (let number = next++; number < FAILURES; number = next++) {
          const [kind = '', fail] = kinds[number % kinds.length] ?? [];
          const succeeded = await fail?.().then(
            (result) => (result as { ok?: boolean }).ok !== false,
            () => false,
          );
          if (succeeded) unexpected.push(kind);
        }
      };

      await Promise.all(Array.from({ length: AT_ONCE }, failOnAndOn));

      expect(unexpected).to.deep.equal([]);
      expect(poolUsage(source)).to.include({ checkedOut: 0, waiting: 0 });
      expect(await source.query('SELECT id FROM shelves')).to.deep.equal([{ id: 1 }]);
    }),
  );

  it(
    'drops a connection whose server does not answer, instead of handing it to the next',
    t.test(async ({ open }) => {
      const impatient = await open([], { statementTimeoutMs: 100 });
      const failure = await readWith(impatient, never, async (manager) => {
        // The server's own limit is lifted, as if it could not act on it any more.
        await manager.query('SET statement_timeout = 0');
        return manager.query('SELECT pg_sleep(30)');
      }).catch((error: Error) => error.message);

      const answer = await readWith(impatient, never, (manager) => manager.query<unknown>('SELECT 1 AS answer'));

      expect(failure).to.include('Query read timeout');
      expect(answer).to.deep.equal([{ answer: 1 }]);
      expect(poolUsage(impatient)).to.include({ checkedOut: 0, waiting: 0 });
    }),
  );
});
