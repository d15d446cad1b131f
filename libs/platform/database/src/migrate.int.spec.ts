import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import sinon from 'sinon';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { DatabaseSchema } from './database-schema.ts';
import { DatabaseDiverged, migrate } from './migrate.ts';
import { migrationStatus } from './migration-status.ts';
import { CreateShelves1700000000001, shelves } from './testing/shelves.ts';
import { SpecDatabaseTest } from './testing/spec-database.ts';

const run = promisify(execFile);
const never = new AbortController().signal;

class LabelShelves1700000000002 implements MigrationInterface {
  up = (runner: QueryRunner): Promise<void> => runner.query(`INSERT INTO shelves VALUES (1, 'a')`);
  down = (runner: QueryRunner): Promise<void> => runner.query('DELETE FROM shelves');
}

class Fail1700000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`INSERT INTO shelves VALUES (2, 'b')`);
    await runner.query('SELEKT');
  }
  down = (): Promise<void> => Promise.resolve();
}

class TakeLong1700000000004 implements MigrationInterface {
  up = (runner: QueryRunner): Promise<void> => runner.query('SELECT pg_sleep(0.5)');
  down = (): Promise<void> => Promise.resolve();
}

/** The later one first: the order is that of the timestamps, whatever the contexts are listed in. */
const labelled: DatabaseSchema = { rows: [], migrations: [LabelShelves1700000000002] };
const both = [labelled, shelves];
const withMigration = (migration: new () => MigrationInterface): DatabaseSchema[] => [
  ...both,
  { rows: [], migrations: [migration] },
];

const t = SpecDatabaseTest.install();

describe('migrate', function () {
  this.timeout(30_000);

  it(
    'runs what is missing, oldest first over all contexts',
    t.test(async ({ open }) => {
      const source = await open(both);

      const first = await migrate(source, never);
      const second = await migrate(source, never);

      expect(first.ran).to.deep.equal([CreateShelves1700000000001.name, LabelShelves1700000000002.name]);
      expect(second.ran).to.deep.equal([]);
    }),
  );

  it(
    'is done once by two processes that come at the same time, and both succeed',
    t.test(async ({ url }) => {
      const program = `${import.meta.dirname}/testing/migrate-process.ts`;

      const outputs = await Promise.all([1, 2, 3].map(async () => run(process.execPath, [program, await url()])));

      const ran = outputs.map(({ stdout }) => JSON.parse(stdout) as string[]);
      expect(ran.flat()).to.deep.equal([CreateShelves1700000000001.name]);
    }),
  );

  it(
    'undoes the migration that fails, keeps those before it, and leaves the telling to the caller',
    t.test(async ({ open, defer }) => {
      const source = await open(withMigration(Fail1700000000003));

      const written = sinon.spy(process.stdout, 'write');
      defer(() => written.restore());

      const failure = await migrate(source, never).catch((error: Error) => error.message);

      expect(failure).to.include('SELEKT');
      expect(written.args).to.deep.equal([]);
      expect(await source.query('SELECT id FROM shelves')).to.deep.equal([{ id: 1 }]);
      expect((await migrationStatus(source)).pending).to.deep.equal([Fail1700000000003.name]);
    }),
  );

  it(
    'lets a migration take longer than a statement otherwise may',
    t.test(async ({ open }) => {
      const source = await open(withMigration(TakeLong1700000000004), { statementTimeoutMs: 100 });

      const { ran } = await migrate(source, never);

      expect(ran).to.include(TakeLong1700000000004.name);
    }),
  );

  it(
    'does not wait long for a table that is in use, and undoes the migration',
    t.test(async ({ open }) => {
      await migrate(await open([shelves]), never);
      const source = await open(both, { statementTimeoutMs: 100 });
      const user = (await open([])).createQueryRunner();
      await user.startTransaction();
      await user.query('LOCK TABLE shelves');

      const failure = await migrate(source, never).catch((error: unknown) => error);
      await user.release();

      expect(failure).to.have.nested.property('driverError.code', '55P03');
      expect((await migrationStatus(source)).pending).to.deep.equal([LabelShelves1700000000002.name]);
    }),
  );

  it(
    'stops when it is told to, in the middle of a migration',
    t.test(async ({ open, eventually }) => {
      const source = await open(withMigration(TakeLong1700000000004));
      const stop = new AbortController();
      const running = migrate(source, stop.signal).catch((error: unknown) => error);
      await eventually({
        what: 'the migration to run',
        probe: async () => (await source.query<unknown[]>(sleeping)).length === 1,
      });

      stop.abort('stop');

      expect(await running).to.equal('stop');
      expect((await migrationStatus(source)).pending).to.deep.equal([TakeLong1700000000004.name]);
    }),
  );

  it(
    'asks again and again while another one migrates, and then goes on',
    t.test(async ({ open, eventually }) => {
      const source = await open(both);
      const other = source.createQueryRunner();
      await other.query(`SELECT pg_advisory_lock(hashtext('lockstep'), hashtext('migrations'))`);
      const asked = new Set<string>();

      const running = migrate(source, never);
      await eventually({
        what: 'it to ask a second time',
        within: 20_000,
        probe: async () => {
          for (const { at } of await source.query<{ at: string }[]>(asking)) asked.add(at);
          return asked.size > 1;
        },
      });
      const { pending } = await migrationStatus(source);
      await other.query(`SELECT pg_advisory_unlock(hashtext('lockstep'), hashtext('migrations'))`);
      await other.release();

      expect(pending).to.have.lengthOf(2);
      expect((await running).ran).to.have.lengthOf(2);
    }),
  );

  it(
    'stops when it is told to, while another one migrates',
    t.test(async ({ open }) => {
      const source = await open(both);
      const other = source.createQueryRunner();
      await other.query(`SELECT pg_advisory_lock(hashtext('lockstep'), hashtext('migrations'))`);
      const stop = new AbortController();
      const waiting = migrate(source, stop.signal).catch((error: unknown) => error);

      stop.abort('stop');

      expect(await waiting).to.equal('stop');
      expect((await migrationStatus(source)).pending).to.have.lengthOf(2);
      await other.release();
    }),
  );

  it(
    'tells of a database that is newer than the code',
    t.test(async ({ open }) => {
      await migrate(await open(both), never);

      const { ran, unknown } = await migrate(await open([shelves]), never);

      expect({ ran, unknown }).to.deep.equal({ ran: [], unknown: [LabelShelves1700000000002.name] });
    }),
  );

  it(
    'refuses a database of another branch',
    t.test(async ({ open }) => {
      await migrate(await open(both), never);
      const source = await open([shelves, { rows: [], migrations: [TakeLong1700000000004] }]);

      const refused = await migrate(source, never).catch((error: unknown) => error);

      expect(refused).to.be.an.instanceOf(DatabaseDiverged);
      expect(refused).to.deep.include({
        unknown: [LabelShelves1700000000002.name],
        pending: [TakeLong1700000000004.name],
      });
    }),
  );
});

const asking = `
  SELECT query_start::text AS at FROM pg_stat_activity
  WHERE datname = current_database() AND query LIKE 'SELECT pg_try_advisory_lock%'`;

const sleeping = `
  SELECT 1 FROM pg_stat_activity
  WHERE datname = current_database() AND state = 'active' AND query LIKE 'SELECT pg_sleep%'`;

describe('migrationStatus', function () {
  this.timeout(30_000);

  it(
    'answers for a database in which nothing has run yet, and changes nothing in it',
    t.test(async ({ open }) => {
      const source = await open(both);

      const status = await migrationStatus(source);

      expect(status).to.deep.equal({
        applied: [],
        pending: [CreateShelves1700000000001.name, LabelShelves1700000000002.name],
        unknown: [],
      });
      expect(await source.query(`SELECT 1 FROM pg_tables WHERE schemaname = 'public'`)).to.deep.equal([]);
    }),
  );
});
