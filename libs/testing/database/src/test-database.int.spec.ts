import { expect } from 'chai';
import { runMocha, type MochaReport } from './fixtures/run-mocha.ts';
import { DatabaseTest } from './database-test.ts';
import { library } from './fixtures/library.ts';
import { libraryTest } from './fixtures/library-test.ts';
import { lostUpdates } from './lost-update.ts';
import { RaceProof } from './race-proof.ts';

const RUNGS = ['rollback', 'session', 'reset', 'clone'] as const;
const PLUGIN = ['--require', `${import.meta.dirname}/../../mocha/src/plugin.ts`];

for (const rung of RUNGS) {
  describe(`TestDatabase on ${rung}`, () => {
    const t = libraryTest(rung).install();

    for (const time of ['first', 'second']) {
      it(
        `begins empty the ${time} time, whatever the test before has written and committed`,
        t.test(async ({ database: { source } }) => {
          const found: unknown[] = await source.query('SELECT * FROM shelves');
          const languages: unknown[] = await source.query('SELECT * FROM languages');

          await source.query('INSERT INTO shelves VALUES (1)');
          await source.transaction((manager) => manager.query('INSERT INTO books VALUES (1, 1)'));

          expect(found).to.deep.equal([]);
          expect(languages).to.have.lengthOf(2);
        }),
      );
    }

    it(
      'undoes what the code rolls back, and keeps what it commits',
      t.test(async ({ database: { source } }) => {
        await source.transaction((manager) => manager.query('INSERT INTO shelves VALUES (1)'));
        const failure = new Error('rolled back');

        const outcome: unknown = await source
          .transaction(async (manager) => {
            await manager.query('INSERT INTO shelves VALUES (2)');
            throw failure;
          })
          .catch((error: unknown) => error);

        expect(outcome).to.equal(failure);
        expect(await source.query('SELECT id FROM shelves')).to.deep.equal([{ id: 1 }]);
      }),
    );

    it(
      'goes on after a statement that failed, alone or in a transaction that is committed all the same',
      t.test(async ({ database: { source } }) => {
        await source.query('INSERT INTO shelves VALUES (1)');
        const runner = source.createQueryRunner();
        const failures: unknown[] = [];
        const note = (error: unknown): void => void failures.push(error);

        await source.query('INSERT INTO shelves VALUES (1)').catch(note);
        await runner.startTransaction();
        await runner.query('INSERT INTO shelves VALUES (2)');
        await runner.query('INSERT INTO shelves VALUES (1)').catch(note);
        await runner.query('SELECT 1').catch(note);
        await runner.query('COMMIT');
        await runner.release();

        expect(failures.map((error) => (error as { code?: string }).code)).to.deep.equal(['23505', '23505', '25P02']);
        expect(await source.query('SELECT id FROM shelves')).to.deep.equal([{ id: 1 }]);
      }),
    );

    it(
      'gives another database of its own to who asks',
      t.test(async ({ database }) => {
        await database.source.query('INSERT INTO shelves VALUES (1)');

        const clone = await database.clone();

        expect(clone.url).not.to.equal(database.url);
        expect(await clone.source.query('SELECT * FROM shelves')).to.deep.equal([]);
      }),
    );
  });
}

describe('DatabaseTest', () => {
  class ChosenTest extends DatabaseTest {
    readonly chosen = { schemas: [library], rung: 'clone' } as const;

    protected override schemas() {
      return this.chosen.schemas;
    }

    protected override rung() {
      return this.chosen.rung;
    }
  }
  const t = ChosenTest.install();

  it(
    'asks its class when the fields are there',
    t.test(async ({ database }) => {
      expect(database.rung).to.equal('clone');
      expect(await database.source.query('SELECT * FROM shelves')).to.deep.equal([]);
    }),
  );
});

for (const rung of ['reset', 'clone'] as const) {
  describe(`Races on ${rung}`, () => {
    const t = libraryTest(rung).install();

    it(
      'are there to be seen',
      t.test(async ({ database }) => {
        await database.proveRaces();

        expect(await database.source.query(`SELECT to_regclass('lost_update_canary')`)).to.deep.equal([
          { to_regclass: null },
        ]);
      }),
    );
  });
}

for (const rung of ['rollback', 'session'] as const) {
  describe(`With one connection, on ${rung}`, () => {
    const t = libraryTest(rung).install();

    it(
      'a test of concurrency is refused by name',
      t.test(async ({ database }) => {
        const refusal: unknown = await database.proveRaces().catch((error: unknown) => error);

        expect(String(refusal)).to.include('is refused by name" is about concurrency').and.include(`rung "${rung}"`);
      }),
    );

    it(
      'no update is lost, and a rung that claims more is not believed',
      t.test(async function ({ database }) {
        this.timeout(20_000); // twenty tries, twice, of transactions that wait
        const lost = await lostUpdates(database.source);
        const refusal: unknown = await new RaceProof()
          .require('clone', database.source)
          .catch((error: unknown) => error);

        expect(lost).to.equal(0);
        expect(String(refusal)).to.include('none was lost as it ought to be');
      }),
    );

    it(
      'code that needs a second one while it holds the first is told who holds it',
      t.test(async ({ database: { source } }) => {
        const outcome: unknown = await source
          .transaction(async (manager) => {
            await manager.query('SELECT 1 AS held');
            await source.query('SELECT 2 AS waiting');
          })
          .catch((error: unknown) => error);

        expect(String(outcome))
          .to.include('SecondConnectionNeeded')
          .and.include('test-database.int.spec.ts')
          .and.include('last statement was SELECT 1 AS held');
        expect(await source.query('SELECT 3 AS fine')).to.deep.equal([{ fine: 3 }]);
      }),
    );

    it(
      'transactions at the same time take turns',
      t.test(async ({ database: { source } }) => {
        await Promise.all(
          [1, 2, 3].map((id) =>
            source.transaction((manager) => manager.query('INSERT INTO shelves VALUES ($1)', [id])),
          ),
        );

        expect(await source.query('SELECT id FROM shelves')).to.have.lengthOf(3);
      }),
    );
  });
}

describe('TestDatabase, after a careless test', function () {
  this.timeout(60_000);
  let report: MochaReport;
  before(async () => {
    ({ report } = await runMocha([...PLUGIN, 'careless-parts.fixture.ts']));
  });
  const failureOf = (title: string): string =>
    report.failures.find((failed) => failed.title === title)?.err.message ?? '';
  const passed = (): readonly string[] => report.passes.map(({ title }) => title);

  for (const rung of RUNGS) {
    const oneConnection = rung === 'rollback' || rung === 'session';
    for (const [title, finding] of [
      ['leaves a transaction open', 'INSERT INTO shelves VALUES (1)'],
      ['leaves a transaction open that only read', 'SELECT 42 FROM books'],
      ...(oneConnection ? [] : ([['leaves a statement running', 'active: SELECT pg_sleep(60)']] as const)),
      ['keeps a connection', "1 of the pool's connections not given back"],
    ] as const) {
      it(`fails the one that ${title} on ${rung}, with what it left`, () => {
        expect(failureOf(`${title} on ${rung}`)).to.include(finding);
      });

      it(`goes on with a clean database after it on ${rung}`, () => {
        expect(passed()).to.include(`begins clean after one that ${title} on ${rung}`);
      });
    }
  }

  for (const title of [
    'late writes when it has ended and has asked before',
    'late writes when it has ended and asks for the first time',
    'late with hooks writes when it has ended',
  ]) {
    it(`refuses a query behind the end of "${title}", and fails the run in its name`, () => {
      const late = report.failures.filter(({ err }) => err.message.includes(`The test "${title}" has ended`));

      expect(late).to.have.lengthOf(1);
      expect(report.failures.map((failed) => failed.title).join()).not.to.include('is not written into');
    });
  }

  it('fails the one that says of a COMMIT that it fails, where none comes, and no later one', () => {
    expect(failureOf('says that a COMMIT fails, and none comes')).to.include('none came');
    expect(passed()).to.include('commits after one that waited for it in vain');
  });

  it('refuses nothing to what a hook has opened', () => {
    expect(passed()).to.include('is served by what a hook has opened');
  });

  it('ends the other databases of a test when one cannot be ended, and says it once', () => {
    expect(passed()).to.include.members([
      'leaves no rows to the next test',
      'leaves no rows to the next with hooks',
      'leaves no rows to the one after that with hooks',
    ]);
    expect(report.failures.filter(({ err }) => err.message.includes('the clone cannot be ended'))).to.have.lengthOf(2);
  });

  it('refuses tests of concurrency where no race can be seen, and no others', () => {
    expect(failureOf('is about concurrency on rollback')).to.include('"races is about concurrency on rollback"');
    expect(failureOf('is about concurrency on session')).to.include('rung "session"');
    expect(passed()).to.include.members(['is about concurrency on reset', 'is about concurrency on clone']);
  });
});
