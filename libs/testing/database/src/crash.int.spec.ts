import { openCalls, realTurn, runningTest } from '#testing/runtime';
import { expect } from 'chai';
import { libraryTest } from './fixtures/library-test.ts';
import { OpenTransaction } from './fixtures/transaction.ts';
import { shelfRow } from './fixtures/library.ts';
import { poolOf } from './pool-watch.ts';

const LOCK = 'SELECT id FROM shelves FOR UPDATE';
const INSERT = 'INSERT INTO shelves VALUES (1)';

/** Who was answered, in whatever way. */
class Heard {
  readonly answers: string[] = [];

  ask(name: string, question: Promise<unknown>): void {
    const note = (): void => void this.answers.push(name);
    question.then(note, note);
  }
}

for (const rung of ['reset', 'clone'] as const) {
  describe(`A crash of the process on ${rung}`, () => {
    const t = libraryTest(rung).install();

    it(
      'undoes what was not committed and leaves what was, behind the same source',
      t.test(async ({ database, crash }) => {
        const { source } = database;
        const shelves = source.getRepository(shelfRow);
        await source.query(INSERT);
        const open = await OpenTransaction.begin(source);
        await open.query('INSERT INTO shelves VALUES (2)');

        await crash();

        expect(database.source).to.equal(source);
        expect(await shelves.find()).to.deep.equal([{ id: 1 }]);
        expect(await source.transaction((manager) => manager.query('SELECT 1 AS one'))).to.deep.equal([{ one: 1 }]);
      }),
    );

    it(
      'gives back its locks, of transactions and of sessions',
      t.test(async ({ database: { source }, crash }) => {
        await source.query(INSERT);
        await source.query('SELECT pg_advisory_lock(7)');
        const open = await OpenTransaction.begin(source);
        await open.query(LOCK);

        await crash();

        expect(await source.query(`${LOCK} NOWAIT`)).to.have.lengthOf(1);
        expect(await source.query('SELECT pg_try_advisory_xact_lock(7) AS free')).to.deep.equal([{ free: true }]);
      }),
    );

    it(
      'answers nobody who waits for a statement, a lock or a connection, nor who asks again',
      t.test(async ({ database: { source }, crash }) => {
        await source.query(INSERT);
        const [pool, heard] = [poolOf(source), new Heard()];
        const holder = await OpenTransaction.begin(source);
        await holder.query(LOCK);
        heard.ask('a statement', pool.query('SELECT pg_sleep(60)'));
        for (let left = pool.options.max - 2; left > 0; left -= 1)
          heard.ask('a lock', (await OpenTransaction.begin(source)).query(LOCK));
        heard.ask('a connection', source.query('SELECT 1'));
        heard.ask('a client', pool.connect());

        await crash();
        heard.ask('another connection', pool.query('SELECT 1'));
        heard.ask('another statement', holder.query('SELECT 1'));
        await source.query('SELECT pg_sleep(0.02)');

        expect(heard.answers).to.deep.equal([]);
        expect(openCalls(runningTest()).map(({ what }) => what)).to.deep.equal([]);
      }),
    );

    it(
      'closes a connection that was being made',
      t.test(async ({ database: { source }, crash }) => {
        const heard = new Heard();
        await crash(); // there is one connection now
        for (const name of ['one', 'another', 'a third']) heard.ask(name, poolOf(source).connect());
        const pool = poolOf(source);
        await realTurn();

        await crash();
        await source.query('SELECT pg_sleep(0.02)');

        expect(pool.totalCount).to.equal(0);
        expect(heard.answers).to.deep.equal(['one']);
      }),
    );

    it(
      'lets the dead give back what they had',
      t.test(async ({ database: { source }, crash }) => {
        const client = await poolOf(source).connect();
        const open = await OpenTransaction.begin(source);

        await crash();
        client.release();
        new Heard().ask('its end', open[Symbol.asyncDispose]());

        expect(poolOf(source).totalCount).to.equal(poolOf(source).idleCount);
      }),
    );

    it(
      'takes nothing from other databases of the test',
      t.test(async ({ database, crash, use }) => {
        const clone = await database.clone();
        const open = await use(OpenTransaction.begin(clone.source));
        await open.query(INSERT);

        await crash();
        await open.query('COMMIT');

        expect(await clone.source.query('SELECT id FROM shelves')).to.deep.equal([{ id: 1 }]);
      }),
    );

    it(
      'may be followed by another one',
      t.test(async ({ database: { source }, crash }) => {
        await crash();
        const open = await OpenTransaction.begin(source);
        await open.query(INSERT);

        await crash();

        expect(await source.query('SELECT id FROM shelves')).to.deep.equal([]);
      }),
    );
  });
}

for (const rung of ['rollback', 'session'] as const) {
  describe(`A crash of the process on ${rung}`, () => {
    const t = libraryTest(rung).install();

    it(
      'is refused, because it would be one of the test',
      t.test(async ({ database, crash }) => {
        const refusal: unknown = await crash().catch((error: unknown) => error);

        expect(String(refusal)).to.include(`rung "${rung}"`).and.include('Choose "reset" or "clone"');
        expect(await database.source.query('SELECT 1 AS fine')).to.deep.equal([{ fine: 1 }]);
      }),
    );
  });
}
