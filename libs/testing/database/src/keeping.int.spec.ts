import { expect } from 'chai';
import { runMocha } from './fixtures/run-mocha.ts';
import { testServer } from './test-server.ts';

const PLUGIN = ['--require', `${import.meta.dirname}/../../mocha/src/plugin.ts`];

describe('The database of a failed test', function () {
  this.timeout(60_000);

  it('is kept with its rows, three in a run, and the failure says how to get at it', async () => {
    const { url, admin } = await testServer();
    const env = { DATABASE_URL: url, PATH: process.env['PATH'] };

    const { report } = await runMocha([...PLUGIN, 'failing.fixture.ts'], env);

    const kept = report.failures.map(({ err }) => /psql '(.*)'/.exec(err.message)?.[1]);
    expect(kept.filter((found) => found !== undefined)).to.have.lengthOf(3);
    expect(report.passes).to.have.lengthOf(4);
    const { Client } = await import('pg');
    for (const found of kept.slice(0, 3)) {
      const client = new Client({ connectionString: found });
      await client.connect();
      expect((await client.query('SELECT id FROM shelves')).rows).to.deep.equal([{ id: 1 }, { id: 2 }]);
      await client.end();
    }

    await runMocha([...PLUGIN, 'failing.fixture.ts'], { ...env, LOCKSTEP_TEST_KEEP: '0' });

    const names = kept.slice(0, 3).map((found) => new URL(found ?? '').pathname.slice(1));
    const { rows } = await admin.query('SELECT 1 FROM pg_database WHERE datname = ANY ($1)', [names]);
    expect(rows).to.deep.equal([]);
  });

  it('is not kept in CI', async () => {
    const { url } = await testServer();

    const { report } = await runMocha([...PLUGIN, 'failing.fixture.ts'], { DATABASE_URL: url, CI: 'true' });

    expect(report.failures).to.have.lengthOf(4);
    expect(report.failures.map(({ err }) => err.message).join()).not.to.include('is kept');
  });
});
