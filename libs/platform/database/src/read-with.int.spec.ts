import { expect } from 'chai';
import type { DataSource } from 'typeorm';
import { openDatabase } from './open-database.ts';
import { poolUsage } from './pool.ts';
import { readWith } from './read-with.ts';
import { specDatabase } from './testing/spec-database.ts';
import { until } from './testing/until.ts';

describe('readWith', function () {
  this.timeout(30_000);
  let source: DataSource;
  before(async () => {
    source = await openDatabase({ url: await specDatabase(), schemas: [] });
  });
  after(() => source.destroy());

  it('gives what was read', async () => {
    const rows = await readWith(source, new AbortController().signal, (manager) =>
      manager.query<unknown>('SELECT 1 AS one'),
    );

    expect(rows).to.deep.equal([{ one: 1 }]);
    expect(poolUsage(source).checkedOut).to.equal(0);
  });

  it('ends with the reason of the signal, and the statement ends on the server', async () => {
    const stop = new AbortController();
    const running = readWith(source, stop.signal, (manager) => manager.query('SELECT pg_sleep(30)')).catch(
      (e: unknown) => e,
    );
    await until(async () => (await sleepers()) === 1);

    stop.abort('stop');

    expect(await running).to.equal('stop');
    expect(await sleepers()).to.equal(0);
  });

  it('does not begin when the signal has already aborted', async () => {
    let begun = false;

    const outcome = await readWith(source, AbortSignal.abort('too late'), async () => {
      begun = true;
    }).catch((error: unknown) => error);

    expect([outcome, begun]).to.deep.equal(['too late', false]);
  });

  async function sleepers(): Promise<number> {
    const rows: unknown[] = await source.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND query LIKE 'SELECT pg_sleep%'`,
    );
    return rows.length;
  }
});
