import { err, ok } from '#kernel';
import { expect } from 'chai';
import type { DataSource, EntityManager } from 'typeorm';
import { migrate } from './migrate.ts';
import { openDatabase } from './open-database.ts';
import { poolUsage } from './pool.ts';
import { readWith } from './read-with.ts';
import { shelfRow, shelves } from './testing/shelves.ts';
import { specDatabase } from './testing/spec-database.ts';
import { until } from './testing/until.ts';
import { TypeOrmTransaction } from './typeorm-transaction.ts';

const FAILURES = 1_000;
const AT_ONCE = 12;
const never = new AbortController().signal;

describe('A pool', function () {
  this.timeout(60_000);
  let source: DataSource;
  let bystander: DataSource;
  let transaction: TypeOrmTransaction<EntityManager>;

  before(async () => {
    const url = await specDatabase();
    source = await openDatabase({ url, schemas: [shelves], poolSize: 4 });
    bystander = await openDatabase({ url, schemas: [], poolSize: 2 });
    await migrate(source, never);
    transaction = new TypeOrmTransaction(source, (manager) => manager);
    await source.manager.insert(shelfRow, { id: 1, label: 'taken' });
  });
  after(async () => {
    await source.destroy();
    await bystander.destroy();
  });

  const pidOf = async (manager: EntityManager): Promise<number> =>
    (await manager.query<[{ pid: number }]>('SELECT pg_backend_pid() AS pid'))[0].pid;

  const killed = async (manager: EntityManager): Promise<unknown> => {
    await bystander.query('SELECT pg_terminate_backend($1)', [await pidOf(manager)]);
    return manager.query('SELECT 1');
  };

  async function aborted(query: string | undefined): Promise<unknown> {
    const stop = new AbortController();
    return transaction.run(async (manager) => {
      const pid = await pidOf(manager);
      const statement = query === undefined ? undefined : manager.query(query);
      if (statement) await until(() => isActive(pid));
      stop.abort(new Error('stop'));
      return ok(await statement);
    }, stop.signal);
  }

  async function isActive(pid: number): Promise<boolean> {
    const rows: unknown[] = await bystander.query(
      `SELECT 1 FROM pg_stat_activity WHERE pid = $1 AND state = 'active'`,
      [pid],
    );
    return rows.length > 0;
  }

  async function idleForTooLong(manager: EntityManager): Promise<unknown> {
    await manager.query('SET LOCAL idle_in_transaction_session_timeout = 1');
    const pid = await pidOf(manager);
    await until(
      async () =>
        (await bystander.query<unknown[]>('SELECT 1 FROM pg_stat_activity WHERE pid = $1', [pid])).length === 0,
    );
    return manager.query('SELECT 1');
  }

  const run = (work: (manager: EntityManager) => Promise<unknown>): Promise<unknown> =>
    transaction.run(async (manager) => ok(await work(manager)), never);

  const failures: Record<string, () => Promise<unknown>> = {
    'a violated constraint': () => run((manager) => manager.insert(shelfRow, { id: 1, label: 'again' })),
    'a syntax error': () => run((manager) => manager.query('SELEKT')),
    'a throw': () => run(() => Promise.reject(new Error('on purpose'))),
    'a refusal': () => transaction.run(() => Promise.resolve(err('no')), never),
    'a statement that takes too long': () =>
      run(async (manager) => {
        await manager.query('SET LOCAL statement_timeout = 1');
        await manager.query('SELECT pg_sleep(1)');
      }),
    'a backend that is killed': () => run(killed),
    'a backend that was idle for too long': () => run(idleForTooLong),
    'an abort in a statement': () => aborted('SELECT pg_sleep(10)'),
    'an abort between statements': () => aborted(undefined),
    'a read that fails': () => readWith(source, never, (manager) => manager.query('SELEKT')),
    'a read whose backend is killed': () => readWith(source, never, killed),
  };

  it(`has lost no connection after ${FAILURES} failed transactions of every kind`, async () => {
    const kinds = Object.entries(failures);
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
  });

  it('drops a connection whose server does not answer, instead of handing it to the next', async () => {
    const impatient = await openDatabase({
      url: source.options.type === 'postgres' ? (source.options.url ?? '') : '',
      schemas: [],
      statementTimeoutMs: 100,
    });
    const failure = await readWith(impatient, never, async (manager) => {
      // The server's own limit is lifted, as if it could not act on it any more.
      await manager.query('SET statement_timeout = 0');
      return manager.query('SELECT pg_sleep(30)');
    }).catch((error: Error) => error.message);

    const answer = await readWith(impatient, never, (manager) => manager.query<unknown>('SELECT 1 AS answer'));

    expect(failure).to.include('Query read timeout');
    expect(answer).to.deep.equal([{ answer: 1 }]);
    expect(poolUsage(impatient)).to.include({ checkedOut: 0, waiting: 0 });
    await impatient.destroy();
  });
});
