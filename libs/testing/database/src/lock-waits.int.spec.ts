import { blockedActivity, type Blocked } from '#testing/time';
import { expect } from 'chai';
import { libraryTest } from './fixtures/library-test.ts';
import { OpenTransaction } from './fixtures/transaction.ts';
import { testServer } from './test-server.ts';

const SHELF = 'SELECT * FROM shelves WHERE id = 1 FOR UPDATE';
const OTHER_SHELF = 'SELECT * FROM shelves WHERE id = 2 FOR UPDATE';

function waits(count: number): { what: string; probe: () => Promise<readonly Blocked[] | undefined> } {
  const probe = async (): Promise<readonly Blocked[] | undefined> => {
    const blocked = await blockedActivity();
    return blocked.length === count ? blocked : undefined;
  };
  return { what: `${count} waits`, probe };
}

/** Looks as often as it can until `work` is done, and answers everything that was ever seen to be blocked. */
async function blockedDuring(...work: readonly Promise<unknown>[]): Promise<readonly Blocked[]> {
  const all = { done: false };
  const end = Promise.allSettled(work).then(() => void (all.done = true));
  const seen: Blocked[] = [];
  while (!all.done) seen.push(...(await blockedActivity()));
  await end;
  return seen;
}

for (const rung of ['reset', 'clone'] as const) {
  describe(`Statements that wait for a lock, on ${rung}`, () => {
    const t = libraryTest(rung).install();

    it(
      'are blocked by whoever holds the row, until it is given back',
      t.test(async ({ database: { source }, use, eventually }) => {
        await source.query('INSERT INTO shelves VALUES (1)');
        const first = await use(OpenTransaction.begin(source));
        const second = await use(OpenTransaction.begin(source));
        await first.query(SHELF);

        const answer = second.query('UPDATE shelves SET id = 3 WHERE id = 1');
        const blocked = await eventually(waits(1));
        await first.query('COMMIT');
        await answer;

        expect(blocked).to.have.lengthOf(1);
        expect(blocked[0]?.line).to.match(
          /^query: UPDATE shelves SET id = 3 WHERE id = 1, on connection \d+, taken by /,
        );
        expect(blocked[0]?.by).to.include(SHELF).and.include('lock-waits.int.spec.ts');
        expect(await blockedActivity()).to.deep.equal([]);
      }),
    );

    it(
      'are not told to be where the holder has moved while the server was asked',
      t.test(async ({ database: { source }, use, defer, eventually }) => {
        await source.query('INSERT INTO shelves VALUES (1)');
        const first = await use(OpenTransaction.begin(source));
        const second = await use(OpenTransaction.begin(source));
        await first.query(SHELF);
        const answer = second.query(SHELF);
        await eventually(waits(1));
        const { sessions } = await testServer();
        const { see } = sessions;
        defer(() => void (sessions.see = see), 'the server is asked as before');
        sessions.see = async (pids) => {
          const seen = await see.call(sessions, pids);
          await first.query('SELECT 1');
          return seen;
        };

        const blocked = await blockedActivity();

        expect(blocked).to.deep.equal([]);
        await first.query('COMMIT');
        await answer;
      }),
    );

    it(
      'are blocked by each other where the first of them is',
      t.test(async ({ database: { source }, use, eventually }) => {
        await source.query('INSERT INTO shelves VALUES (1)');
        const [holder, ...waiting] = await Promise.all([1, 2, 3].map(() => use(OpenTransaction.begin(source))));
        await holder?.query(SHELF);

        const answers = waiting.map((one) => one.query(SHELF).then(() => one.query('COMMIT')));
        const blocked = await eventually(waits(2));
        await holder?.query('COMMIT');
        await Promise.all(answers);

        expect(new Set(blocked.map(({ line }) => line)).size).to.equal(2);
        expect(blocked.some(({ by }) => blocked.some(({ line }) => by.includes(line)))).to.equal(true);
      }),
    );

    it(
      'are blocked by an advisory lock that its connection has taken along into the pool',
      t.test(async ({ database: { source }, use, eventually }) => {
        const second = await use(OpenTransaction.begin(source));
        await source.query('SELECT pg_advisory_lock(7)');

        const answer = second.query('SELECT pg_advisory_xact_lock(7)');
        const [blocked] = await eventually(waits(1));
        await source.query('SELECT pg_advisory_unlock(7)');
        await answer;

        expect(blocked?.by).to.match(/^connection \d+, given back to the pool$/);
      }),
    );

    it(
      'are not blocked by what is only slow',
      t.test(async ({ database: { source }, use }) => {
        const slow = await use(OpenTransaction.begin(source));
        const behind = await use(OpenTransaction.begin(source));
        await slow.query('SELECT pg_advisory_xact_lock(7)');
        const answers = [
          slow.query('SELECT pg_sleep(0.05)').then(() => slow.query('COMMIT')),
          behind.query('SELECT pg_advisory_xact_lock(7)'),
        ];

        const seen = await blockedDuring(...answers);

        expect(seen).to.deep.equal([]);
      }),
    );

    it(
      'are not blocked in a circle, which the server ends',
      t.test(async ({ database: { source }, use }) => {
        await source.query('INSERT INTO shelves VALUES (1), (2)');
        const one = await use(OpenTransaction.begin(source));
        const other = await use(OpenTransaction.begin(source));
        await one.query(SHELF);
        await other.query(OTHER_SHELF);
        const answers = [one.query(OTHER_SHELF), other.query(SHELF)];

        const seen = await blockedDuring(...answers);
        const outcomes = await Promise.allSettled(answers);

        expect(seen).to.deep.equal([]);
        expect(outcomes.map(({ status }) => status)).to.have.members(['fulfilled', 'rejected']);
      }),
    );
  });
}
