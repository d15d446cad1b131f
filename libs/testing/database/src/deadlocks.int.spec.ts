import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { libraryTest } from './fixtures/library-test.ts';
import { runMocha } from './fixtures/run-mocha.ts';
import { OpenTransaction } from './fixtures/transaction.ts';
import { testServer } from './test-server.ts';

async function deadlockTimeoutIn(source: DataSource): Promise<unknown> {
  return source.query('SHOW deadlock_timeout');
}

for (const rung of ['rollback', 'session', 'reset', 'clone'] as const) {
  describe(`A deadlock on ${rung}`, () => {
    const t = libraryTest(rung).install();

    it(
      'is looked for soon, also in a copy',
      t.test(async ({ database }) => {
        const { source } = await database.clone();

        const found = await Promise.all([database.source, source].map(deadlockTimeoutIn));

        expect(found).to.deep.equal(Array(2).fill([{ deadlock_timeout: '20ms' }]));
      }),
    );
  });
}

describe('A deadlock', () => {
  const t = libraryTest('reset').install();

  it(
    'is over long before the second that a server takes to look for it by default',
    t.test(async ({ database: { source }, use }) => {
      const [one, other] = await Promise.all([1, 2].map(() => use(OpenTransaction.begin(source))));
      await one?.query('SELECT pg_advisory_xact_lock(1)');
      await other?.query('SELECT pg_advisory_xact_lock(2)');
      const since = performance.now();

      const outcomes = await Promise.allSettled([
        one?.query('SELECT pg_advisory_xact_lock(2)'),
        other?.query('SELECT pg_advisory_xact_lock(1)'),
      ]);

      expect(performance.now() - since).to.be.lessThan(900);
      expect(outcomes.map(({ status }) => status)).to.include('rejected');
    }),
  );

  it(
    'is left to the server by a role that may not choose',
    t.test(async function ({ defer }) {
      this.timeout(20_000);
      const { admin, url } = await testServer();
      const [name, password] = ['a', 'b'].map(() => `lockstep_test_${randomBytes(4).toString('hex')}`) as [
        string,
        string,
      ];
      await admin.query(`CREATE ROLE ${name} LOGIN CREATEDB PASSWORD '${password}' IN ROLE pg_read_all_settings`);
      defer(() => admin.query(`DROP ROLE ${name}`).then(() => {}));
      const asPlainRole = Object.assign(new URL(url), { username: name, password });

      const { report } = await runMocha(['tells-where.fixture.ts'], { DATABASE_URL: asPlainRole.href });

      expect(report.passes).to.have.lengthOf(1);
    }),
  );
});
