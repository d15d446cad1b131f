import { ok, type Result } from '#kernel';
import { expect } from 'chai';
import type { DataSource, EntityManager } from 'typeorm';
import { migrate } from './migrate.ts';
import { poolUsage } from './pool.ts';
import { isConflict, isUniqueViolation } from './sql-state.ts';
import { shelfRow, shelves } from './testing/shelves.ts';
import { SpecDatabaseTest } from './testing/spec-database.ts';
import { transactionContract } from '#kernel/testing';
import { TypeOrmTransaction } from './typeorm-transaction.ts';

class TransactionTest extends SpecDatabaseTest {
  source!: DataSource;
  watcher!: DataSource;
  transaction!: TypeOrmTransaction<EntityManager>;
  #nextId = 1;

  protected override async setUp(): Promise<void> {
    this.source = await this.open([shelves], { poolSize: 4 });
    this.watcher = await this.open([], { poolSize: 1 });
    await migrate(this.source, never);
    this.transaction = new TypeOrmTransaction(this.source, (manager) => manager);
  }

  protected override async verify(): Promise<void> {
    const probe = (): boolean => poolUsage(this.source).checkedOut === 0;
    await this.eventually({ what: 'every connection to be given back', probe });
  }

  readonly write = (manager: EntityManager, label: string): Promise<unknown> =>
    manager.insert(shelfRow, { id: this.#nextId++, label });

  readonly committed = async (): Promise<string[]> =>
    (await this.source.manager.find(shelfRow)).map(({ label }) => label);

  readonly active = async (query: string): Promise<number> => {
    const rows: unknown[] = await this.watcher.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND query LIKE $1`,
      [query],
    );
    return rows.length;
  };

  readonly untilActive = (query: string, count = 1): Promise<unknown> =>
    this.eventually({ what: `${count} of ${query}`, probe: async () => (await this.active(query)) === count });
}

const t = TransactionTest.install();
const never = new AbortController().signal;
const failureOf = (run: Promise<unknown>): Promise<unknown> => run.catch((error: unknown) => error);

describe('TypeOrmTransaction', function () {
  this.timeout(30_000);

  transactionContract.holdsFor(
    TypeOrmTransaction,
    t.opens(({ transaction, write, committed }) => ({ transaction, write, committed })),
  );

  it(
    'cancels the statement in flight on the server',
    t.test(async ({ transaction, active, untilActive }) => {
      const stop = new AbortController();
      const running = failureOf(
        transaction.run(async (manager) => ok(await manager.query('SELECT pg_sleep(30)')), stop.signal),
      );
      await untilActive('SELECT pg_sleep%');

      stop.abort('stop');

      expect(await running).to.equal('stop');
      expect(await active('SELECT pg_sleep%')).to.equal(0);
    }),
  );

  it(
    'cancels also while every connection of the pool is taken',
    t.test(async ({ transaction, untilActive }) => {
      const stop = new AbortController();
      const running = Array.from({ length: 4 }, () =>
        failureOf(transaction.run(async (manager) => ok(await manager.query('SELECT pg_sleep(30)')), stop.signal)),
      );
      await untilActive('SELECT pg_sleep%', 4);

      stop.abort('stop');

      expect(await Promise.all(running)).to.deep.equal(['stop', 'stop', 'stop', 'stop']);
    }),
  );

  it(
    'does not wait for a connection longer than the signal allows',
    t.test(async ({ source, transaction, eventually }) => {
      const stop = new AbortController();
      const { promise: gate, resolve: open } = Promise.withResolvers<Result<void, never>>();
      const occupants = Array.from({ length: 4 }, () => transaction.run(() => gate, never));
      await eventually({ what: 'every connection to be taken', probe: () => poolUsage(source).checkedOut === 4 });
      const waiting = failureOf(transaction.run(() => Promise.resolve(ok()), stop.signal));

      stop.abort('stop');

      expect(await waiting).to.equal('stop');
      open(ok());
      await Promise.all(occupants);
    }),
  );

  it(
    'tells how the commit ended when the signal aborts while it is under way',
    t.test(async ({ source, transaction, write, committed, untilActive }) => {
      const stop = new AbortController();
      await source.query(`
      CREATE FUNCTION take_time() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.3); RETURN NULL; END';
      CREATE CONSTRAINT TRIGGER slow_commit AFTER INSERT ON shelves DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION take_time()`);
      const running = transaction.run(async (manager) => ok(await write(manager, 'first')), stop.signal);
      await untilActive('COMMIT');

      stop.abort();

      expect(await running).to.include({ ok: true });
      expect(await committed()).to.deep.equal(['first']);
      await source.query('DROP TRIGGER slow_commit ON shelves');
    }),
  );

  it(
    'undoes to the savepoint when a store fails in a transaction of its manager',
    t.test(async ({ transaction, write, committed }) => {
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
    }),
  );

  it(
    'names the constraint that a write violates',
    t.test(async ({ transaction, write }) => {
      await transaction.run(async (manager) => ok(await write(manager, 'same')), never);

      const failure = await failureOf(transaction.run(async (manager) => ok(await write(manager, 'same')), never));

      expect(isUniqueViolation(failure, 'shelves_label_key')).to.equal(true);
      expect(isUniqueViolation(failure, 'shelves_pk')).to.equal(false);
    }),
  );

  it(
    'tells a deadlock from other failures',
    t.test(async ({ transaction, write }) => {
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
    }),
  );
});
