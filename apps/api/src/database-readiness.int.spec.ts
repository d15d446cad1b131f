import { readinessCheckContract } from '#platform/http/testing';
import { DatabaseTest } from '#testing/database';
import { DatabaseReadiness } from './database-readiness.ts';
import { schemas } from './schemas.ts';

class DatabaseReadinessTest extends DatabaseTest {
  protected override schemas() {
    return schemas;
  }

  /** What is spoilt is the table of the migrations, which no reset restores. */
  protected override rung() {
    return 'clone' as const;
  }
}

const t = DatabaseReadinessTest.install();

describe('DatabaseReadiness', function () {
  this.timeout(30_000);

  readinessCheckContract.holdsFor(
    DatabaseReadiness,
    t.opens(async ({ database: { source } }) => ({
      check: new DatabaseReadiness(source),
      spoil: () => source.query('DELETE FROM migrations'),
    })),
  );
});
