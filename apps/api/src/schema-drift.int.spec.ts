import { schemaDrift } from '#platform/database';
import { DatabaseTest } from '#testing/database';
import { expect } from 'chai';
import { schemas } from './schemas.ts';

class AllContextsTest extends DatabaseTest {
  protected override schemas() {
    return schemas;
  }
}

const t = AllContextsTest.install();

describe('the database of all contexts', () => {
  it(
    'is after its migrations just what the rows say',
    t.test(async ({ database }) => {
      expect(await schemaDrift(database.source)).to.deep.equal([]);
    }),
  );
});
