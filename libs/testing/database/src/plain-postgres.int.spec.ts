import { AsyncTestBase } from '#testing/lifecycle';
import { expect } from 'chai';
import { library } from './fixtures/library.ts';
import { libraryTest } from './fixtures/library-test.ts';
import { testPostgres } from './plain-postgres.ts';

describe('PostgreSQL of a project with nothing but a URL', () => {
  const t = AsyncTestBase.install();
  const inDatabase = libraryTest('reset').install();

  it(
    'says what to do where there is no URL',
    t.test(async () => {
      const failure: unknown = await testPostgres.start().catch((error: unknown) => error);

      expect(String(failure)).to.include('Set DATABASE_URL').and.include('"#test-postgres" in package.json');
    }),
  );

  it(
    'is opened and migrated by TypeORM',
    inDatabase.test(async ({ database, use }) => {
      const { url } = await database.clone();
      const source = await testPostgres.open({ url, schemas: [library], poolSize: 1 });
      await use({ [Symbol.asyncDispose]: () => source.destroy() });

      await testPostgres.migrate(source);

      expect(await source.query('SELECT name FROM migrations')).to.have.lengthOf(1);
      expect(source.hasMetadata('Shelf')).to.equal(true);
    }),
  );
});
