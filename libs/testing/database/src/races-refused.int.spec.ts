import { race } from '#testing/concurrency';
import { AsyncTestBase } from '#testing/lifecycle';
import { expect } from 'chai';
import { library } from './fixtures/library.ts';
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
});
