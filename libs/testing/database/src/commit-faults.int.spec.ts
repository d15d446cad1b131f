import { expect } from 'chai';
import type { DataSource } from 'typeorm';
import { pidOf } from './driver-parts.ts';
import { libraryTest } from './fixtures/library-test.ts';
import { poolOf } from './pool-watch.ts';
import { testServer } from './test-server.ts';

/** Answers the error, if it fails. */
function insert(source: DataSource, id = 1): Promise<unknown> {
  return source
    .transaction((manager) => manager.query(`INSERT INTO shelves VALUES (${id})`))
    .then(
      () => undefined,
      (error: unknown) => error,
    );
}

for (const rung of ['reset', 'clone'] as const) {
  describe(`A COMMIT that fails on ${rung}`, () => {
    const t = libraryTest(rung).install();

    for (const [effect, what, kept] of [
      ['failsAfterEffect', 'was one, of which nobody learns', [{ id: 1 }]],
      ['failsBeforeEffect', 'was none', []],
    ] as const) {
      it(
        `${effect}: ${what}`,
        t.test(async ({ database }) => {
          const { source } = database;
          database.onNextCommit()[effect]();

          const outcome = await insert(source);

          expect(outcome).to.be.an('error').with.property('message', 'Connection terminated unexpectedly');
          expect(await source.query('SELECT id FROM shelves')).to.deep.equal(kept);
        }),
      );

      it(
        `${effect}: its session is over when that is told`,
        t.test(async ({ database, defer }) => {
          const { sessions } = await testServer();
          const { end } = sessions;
          const ended: number[] = [];
          defer(() => void (sessions.end = end), 'sessions end as before');
          sessions.end = async (pids) => {
            await end.call(sessions, pids);
            ended.push(...pids);
          };
          const client = await poolOf(database.source).connect();
          client.on('error', () => {}); // as the pool's users have to
          await client.query('BEGIN');
          database.onNextCommit()[effect]();

          const outcome: unknown = await client.query('COMMIT').catch((error: unknown) => error);
          const endedBefore = [...ended];
          client.release();

          expect(outcome).to.be.an('error');
          expect(endedBefore).to.deep.equal([pidOf(client)]);
        }),
      );
    }

    it(
      'is the next one, and then the one after that',
      t.test(async ({ database }) => {
        const { source } = database;
        database.onNextCommit().failsBeforeEffect();
        database.onNextCommit().failsAfterEffect();
        await source.query('INSERT INTO shelves VALUES (1)');

        const outcomes = [await insert(source, 2), await insert(source, 3), await insert(source, 4)];

        expect(outcomes.map((outcome) => outcome instanceof Error)).to.deep.equal([true, true, false]);
        expect(await source.query('SELECT id FROM shelves ORDER BY 1')).to.deep.equal([
          { id: 1 },
          { id: 3 },
          { id: 4 },
        ]);
      }),
    );
  });
}

for (const rung of ['rollback', 'session'] as const) {
  describe(`A COMMIT that fails on ${rung}`, () => {
    const t = libraryTest(rung).install();

    it(
      'is refused, because it would end the connection of the test',
      t.test(({ database }) => {
        expect(() => database.onNextCommit())
          .to.throw(`rung "${rung}"`)
          .with.property('message')
          .that.includes('a COMMIT');
      }),
    );
  });
}
