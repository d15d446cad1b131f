import { schemaDrift } from '#platform/database';
import { useDatabase } from '#testing/database';
import { expect } from 'chai';
import { schemas } from './schemas.ts';

describe('the database of all contexts', () => {
  const database = useDatabase(...schemas);

  it('is after its migrations just what the rows say', async () => {
    expect(await schemaDrift(database.source)).to.deep.equal([]);
  });
});
