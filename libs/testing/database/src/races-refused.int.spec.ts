import { race } from '#testing/concurrency';
import { AsyncTestBase } from '#testing/lifecycle';
import { expect } from 'chai';
import { library } from './fixtures/library.ts';
import { poolOf } from './pool-watch.ts';
import { RacesHidden } from './race-proof.ts';
import { TestDatabase } from './test-database.ts';

class SandboxTest extends AsyncTestBase {
  readonly database = this.part(new TestDatabase(library, { rung: 'rollback' }));
}

class RealTest extends AsyncTestBase {
  readonly database = this.part(new TestDatabase(library));
}

describe('A race of a test with a database', () => {
  it(
    'is refused, without being told where it takes place, when the database has one connection',
    SandboxTest.install().test(async () => {
      let started = 0;

      const refusal = await race(2, () => (started += 1)).catch((error: unknown) => error);

      expect(refusal).to.be.an.instanceOf(RacesHidden);
      expect(started).to.equal(0);
    }),
  );

  it(
    'takes place when the database shows races',
    RealTest.install().test(async () => {
      const outcomes = await race(2, () => 'done');

      outcomes.expect({ fulfilled: 2 });
    }),
  );

  it(
    'has a connection for each racer before it begins',
    RealTest.install().test(async ({ database }) => {
      let open = 0;

      await race(6, () => (open ||= poolOf(database.source).totalCount));

      expect(open).to.be.at.least(6);
    }),
  );
});

describe('A session that two tests have in common', () => {
  const t = RealTest.install();
  const settings = `
    SELECT current_setting('search_path') AS path,
      (SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory'
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())) AS locks,
      (SELECT count(*)::int FROM pg_listening_channels()) AS channels, to_regclass('pg_temp.notes')::text AS notes`;

  for (const [title, change] of [
    [
      'is changed by the first',
      `SET search_path = pg_catalog; LISTEN news; SELECT pg_advisory_lock(1); CREATE TEMP TABLE notes ()`,
    ],
    ['is as it was for the second', `SELECT 1`],
  ] as const) {
    it(
      title,
      t.test(async ({ database }) => {
        const [found] = await database.source.query<unknown[]>(settings);

        await database.source.query(change);

        expect(found).to.deep.equal({ path: '"$user", public', locks: 0, channels: 0, notes: null });
      }),
    );
  }
});
