import { expect } from 'chai';
import { library } from './fixtures/library.ts';
import { runMocha } from './fixtures/run-mocha.ts';
import { until } from './fixtures/until.ts';
import { useDatabase } from './use-database.ts';

describe('useDatabase', () => {
  const database = useDatabase(library);

  for (const time of ['first', 'second']) {
    it(`begins empty the ${time} time, whatever the test before has written`, async () => {
      const found: unknown[] = await database.source.query('SELECT * FROM shelves');

      await database.source.query('INSERT INTO shelves VALUES (1)');
      await database.source.query('INSERT INTO books VALUES (1, 1)');

      expect(found).to.deep.equal([]);
    });

    it(`leaves what migrations filled in, the ${time} time`, async () => {
      expect(await database.source.query('SELECT code FROM languages ORDER BY 1')).to.deep.equal([
        { code: 'de' },
        { code: 'en' },
      ]);
    });
  }

  it('gives a test a database of its own, migrated and empty', async () => {
    await database.source.query('INSERT INTO shelves VALUES (1)');

    await using clone = await database.clone();

    expect(clone.url).not.to.equal(database.url);
    expect(await clone.source.query('SELECT * FROM shelves')).to.deep.equal([]);
  });

  describe('after a test that forgot its clone', () => {
    let forgotten: string | undefined;

    // Either way round: one of the two comes first and forgets, the other one looks.
    for (const which of ['one', 'the other']) {
      it(`removes it for the next: ${which}`, async () => {
        if (forgotten === undefined) {
          forgotten = (await database.clone()).url;

          expect(await named(forgotten)).to.have.lengthOf(1);
        } else {
          const url = forgotten;
          await until(async () => (await named(url)).length === 0);

          expect(await named(url)).to.deep.equal([]);
        }
      });
    }
  });

  const named = (url: string): Promise<unknown[]> =>
    database.source.query('SELECT 1 FROM pg_database WHERE datname = $1', [new URL(url).pathname.slice(1)]);
});

describe('useDatabase, before the hooks run', () => {
  const database = useDatabase(library);
  let failure: unknown;
  try {
    void database.source;
  } catch (error) {
    failure = error;
  }

  it('says when the database is there', () => {
    expect(failure).to.be.an('error').with.property('message').that.includes('inside a test or a hook');
  });
});

describe('useDatabase, after a careless test', function () {
  this.timeout(60_000);
  let report: Awaited<ReturnType<typeof runMocha>>['report'];
  before(async () => {
    ({ report } = await runMocha(['careless.fixture.ts']));
  });

  for (const [title, finding] of [
    ['leaves a transaction open', 'idle in transaction: INSERT INTO shelves VALUES (1)'],
    ['leaves a transaction open that only read', 'idle in transaction: SELECT 42 FROM books'],
    ['leaves a statement running', 'active: SELECT pg_sleep(60)'],
    ['keeps a connection', "1 of the pool's connections not given back"],
  ] as const) {
    it(`fails the one that ${title}, and says what it left`, () => {
      const failure = report.failures.find(({ title: failed }) => failed.endsWith(`for "${title}"`));

      expect(failure?.err.message).to.include(finding);
    });

    it(`gives a clean database to the one after that`, () => {
      expect(report.passes.map((pass) => pass.title)).to.include(`begins clean after one that ${title}`);
    });
  }

  it('does not blame one whose own hook ends what it began', () => {
    expect(report.passes.map(({ title }) => title)).to.include('ends in a hook what it began');
    expect(report.failures.map(({ title }) => title)).to.have.lengthOf(4);
  });
});
