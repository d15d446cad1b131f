import { ok, type Result } from '#kernel';
import { expect } from 'chai';
import type { DataSource, EntityManager } from 'typeorm';
import { migrate } from './migrate.ts';
import { openDatabase } from './open-database.ts';
import { poolUsage } from './pool.ts';
import { isConflict, isUniqueViolation } from './sql-state.ts';
import { shelfRow, shelves } from './testing/shelves.ts';
import { specDatabase } from './testing/spec-database.ts';
import { transactionContract } from '#kernel/testing';
import { until } from './testing/until.ts';
import { TypeOrmTransaction } from './typeorm-transaction.ts';

describe('TypeOrmTransaction', function () {
  this.timeout(30_000);
  const never = new AbortController().signal;
  let source: DataSource;
  let watcher: DataSource;
  let transaction: TypeOrmTransaction<EntityManager>;
  let nextId: number;

  before(async () => {
    const url = await specDatabase();
    source = await openDatabase({ url, schemas: [shelves], poolSize: 4 });
    watcher = await openDatabase({ url, schemas: [], poolSize: 1 });
    await migrate(source, never);
    transaction = new TypeOrmTransaction(source, (manager) => manager);
  });
  beforeEach(async () => {
    nextId = 1;
    await source.query('DELETE FROM shelves');
  });
  afterEach('no connection is lost', () => until(() => poolUsage(source).checkedOut === 0));
  after(async () => {
    await source.destroy();
    await watcher.destroy();
  });

  const write = (manager: EntityManager, label: string): Promise<unknown> =>
    manager.insert(shelfRow, { id: nextId++, label });
  const committed = async (): Promise<string[]> => (await source.manager.find(shelfRow)).map(({ label }) => label);
  const failureOf = (run: Promise<unknown>): Promise<unknown> => run.catch((error: unknown) => error);

  transactionContract.holdsFor(TypeOrmTransaction, () => ({ transaction, write, committed }));

  it('cancels the statement in flight on the server', async () => {
    const stop = new AbortController();
    const running = failureOf(
      transaction.run(async (manager) => ok(await manager.query('SELECT pg_sleep(30)')), stop.signal),
    );
    await until(async () => (await active('SELECT pg_sleep%')) === 1);

    stop.abort('stop');

    expect(await running).to.equal('stop');
    expect(await active('SELECT pg_sleep%')).to.equal(0);
  });

  it('cancels also while every connection of the pool is taken', async () => {
    const stop = new AbortController();
    const running = Array.from({ length: 4 }, () =>
      failureOf(transaction.run(async (manager) => ok(await manager.query('SELECT pg_sleep(30)')), stop.signal)),
    );
    await until(async () => (await active('SELECT pg_sleep%')) === 4);

    stop.abort('stop');

    expect(await Promise.all(running)).to.deep.equal(['stop', 'stop', 'stop', 'stop']);
  });

  it('does not wait for a connection longer than the signal allows', async () => {
    const stop = new AbortController();
    const { promise: gate, resolve: open } = Promise.withResolvers<Result<void, never>>();
    const occupants = Array.from({ length: 4 }, () => transaction.run(() => gate, never));
    await until(() => poolUsage(source).checkedOut === 4);
    const waiting = failureOf(transaction.run(() => Promise.resolve(ok()), stop.signal));

    stop.abort('stop');

    expect(await waiting).to.equal('stop');
    open(ok());
    await Promise.all(occupants);
  });

  it('tells how the commit ended when the signal aborts while it is under way', async () => {
    const stop = new AbortController();
    await source.query(`
      CREATE FUNCTION take_time() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.3); RETURN NULL; END';
      CREATE CONSTRAINT TRIGGER slow_commit AFTER INSERT ON shelves DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION take_time()`);
    const running = transaction.run(async (manager) => ok(await write(manager, 'first')), stop.signal);
    await until(async () => (await active('COMMIT')) === 1);

    stop.abort();

    expect(await running).to.include({ ok: true });
    expect(await committed()).to.deep.equal(['first']);
    await source.query('DROP TRIGGER slow_commit ON shelves');
  });

  it('undoes to the savepoint when a store fails in a transaction of its manager', async () => {
    await transaction.run(async (manager) => {
      await write(manager, 'outer');
      await failureOf(
        manager.transaction(async (inner) => {
          await write(inner, 'inner');
          throw new Error('on purpose');
        }),
      );
      return ok();
    }, never);

    expect(await committed()).to.deep.equal(['outer']);
  });

  it('names the constraint that a write violates', async () => {
    await transaction.run(async (manager) => ok(await write(manager, 'same')), never);

    const failure = await failureOf(transaction.run(async (manager) => ok(await write(manager, 'same')), never));

    expect(isUniqueViolation(failure, 'shelves_label_key')).to.equal(true);
    expect(isUniqueViolation(failure, 'shelves_pk')).to.equal(false);
  });

  it('tells a deadlock from other failures', async () => {
    await transaction.run(async (manager) => ok([await write(manager, 'a'), await write(manager, 'b')]), never);
    const { promise: bothHold, resolve: holds } = Promise.withResolvers<void>();
    let holding = 0;
    const touch = (manager: EntityManager, id: number): Promise<unknown> =>
      manager.increment(shelfRow, { id }, 'id', 10);
    const lock = async (manager: EntityManager, id: number): Promise<unknown> =>
      manager.query('SELECT 1 FROM shelves WHERE id = $1 FOR UPDATE', [id]);

    const outcomes = await Promise.all(
      [
        [1, 2],
        [2, 1],
      ].map(([first = 0, second = 0]) =>
        failureOf(
          transaction.run(async (manager) => {
            await manager.query(`SET LOCAL deadlock_timeout = '20ms'`);
            await lock(manager, first);
            if (++holding === 2) holds();
            await bothHold;
            await touch(manager, second);
            return ok();
          }, never),
        ),
      ),
    );

    expect(outcomes.filter(isConflict)).to.have.lengthOf(1);
  });

  async function active(query: string): Promise<number> {
    const rows: unknown[] = await watcher.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND query LIKE $1`,
      [query],
    );
    return rows.length;
  }
});
