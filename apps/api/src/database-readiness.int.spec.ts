import { readinessCheckContract } from '#platform/http/testing';
import { useDatabase } from '#testing/database';
import { DatabaseReadiness } from './database-readiness.ts';
import { schemas } from './schemas.ts';

describe('DatabaseReadiness', function () {
  this.timeout(30_000);
  const database = useDatabase(...schemas);

  readinessCheckContract.holdsFor(DatabaseReadiness, async () => {
    const { source } = await database.clone();
    return { check: new DatabaseReadiness(source), spoil: () => source.query('DELETE FROM migrations') };
  });
});
