import { expect } from 'chai';
import type { DataSource } from 'typeorm';
import { poolUsage } from './pool.ts';
import { readWith } from './read-with.ts';
import { SpecDatabaseTest } from './testing/spec-database.ts';

class ReadTest extends SpecDatabaseTest {
  source!: DataSource;

  protected override async setUp(): Promise<void> {
    this.source = await this.open();
  }

  readonly untilAsleep = (): Promise<unknown> =>
    this.eventually({ what: 'the statement to run', probe: async () => (await this.sleepers()) === 1 });

  readonly sleepers = async (): Promise<number> => {
    const rows: unknown[] = await this.source.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND query LIKE 'SELECT pg_sleep%'`,
    );
    return rows.length;
  };
}

const t = ReadTest.install();

describe('readWith', function () {
  this.timeout(30_000);

  it(
    'gives what was read',
    t.test(async ({ source }) => {
      const rows = await readWith(source, new AbortController().signal, (manager) =>
        manager.query<unknown>('SELECT 1 AS one'),
      );

      expect(rows).to.deep.equal([{ one: 1 }]);
      expect(poolUsage(source).checkedOut).to.equal(0);
    }),
  );

  it(
    'ends with the reason of the signal, and the statement ends on the server',
    t.test(async ({ source, untilAsleep, sleepers }) => {
      const stop = new AbortController();
      const running = readWith(source, stop.signal, (manager) => manager.query('SELECT pg_sleep(30)')).catch(
        (e: unknown) => e,
      );
      await untilAsleep();

      stop.abort('stop');

      expect(await running).to.equal('stop');
      expect(await sleepers()).to.equal(0);
    }),
  );

  it(
    'does not begin when the signal has already aborted',
    t.test(async ({ source }) => {
      let begun = false;

      const outcome = await readWith(source, AbortSignal.abort('too late'), async () => {
        begun = true;
      }).catch((error: unknown) => error);

      expect([outcome, begun]).to.deep.equal(['too late', false]);
    }),
  );

  it(
    'sends no statement after the abort that was asked for before it',
    t.test(async ({ source, untilAsleep }) => {
      await source.query('CREATE TABLE kept (what text)');
      const stop = new AbortController();
      const running = readWith(source, stop.signal, (manager) =>
        Promise.all([manager.query('SELECT pg_sleep(30)'), manager.query(`INSERT INTO kept VALUES ('too late')`)]),
      ).catch((e: unknown) => e);
      await untilAsleep();

      stop.abort('stop');

      expect(await running).to.equal('stop');
      expect(await source.query('SELECT what FROM kept')).to.deep.equal([]);
    }),
  );

  it(
    'sends no statement that the work did not wait for',
    t.test(async ({ source }) => {
      await source.query('CREATE TABLE unawaited (what text)');
      let unawaited: Promise<unknown> | undefined;

      await readWith(source, new AbortController().signal, async (manager) => {
        const first = manager.query('SELECT pg_sleep(0.05)');
        unawaited = Promise.allSettled([first, manager.query(`INSERT INTO unawaited VALUES ('too late')`)]);
      });

      const [, second] = (await unawaited) as PromiseSettledResult<unknown>[];
      expect(second).to.have.nested.property('reason.message').that.includes('ended without waiting');
      expect(await source.query('SELECT what FROM unawaited')).to.deep.equal([]);
      expect(poolUsage(source).checkedOut).to.equal(0);
    }),
  );
});
