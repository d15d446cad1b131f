import { testPostgres } from '#test-postgres';
import { join } from 'node:path';
import type { Canary, Goal, SelfTestRun } from '../goal.ts';
import { runMocha, type MochaRun } from '../run-mocha.ts';
import { saidBy } from '../said-by.ts';

const RUNGS = join(import.meta.dirname, '../fixtures/database-rungs.fixture.ts');
const SANDBOX = join(import.meta.dirname, '../fixtures/database-sandbox.fixture.ts');
const TRIES = 20;

type Lost = { readonly rung: string; readonly lost: number };

/** A rung on which a lost update is seen admits tests of concurrency, and one on which it cannot be seen refuses them. */
export const databaseRungWithProof: Goal = {
  id: 'K14',
  claim: 'the rung of the database is proved before races are tested on it',
  target: `the lost update is seen on reset and clone; 0 of ${TRIES} and refused on rollback and session`,
  check: async (run) => {
    run.progress('a lost update on every rung');
    const mocha = await runMocha([RUNGS], { plugin: true, signal: run.signal });
    run.progress('the same in a sandbox of one transaction');
    const { url } = await testPostgres.start();
    const sandbox = await runMocha([SANDBOX], { plugin: false, env: { DATABASE_URL: url }, signal: run.signal });
    const lostOn = (rung: string): number =>
      saidBy<Lost>(mocha.stderr, 'rung').find((said) => said.rung === rung)?.lost ?? Number.NaN;
    const refused = (rung: string): boolean => isRefused(mocha, rung);
    const [peer] = saidBy<Lost>(sandbox.stderr, 'rung');
    return {
      passed:
        ['reset', 'clone'].every((rung) => lostOn(rung) > 0 && !refused(rung)) &&
        ['rollback', 'session'].every((rung) => lostOn(rung) === 0 && refused(rung)),
      measured: ['reset', 'clone', 'rollback', 'session']
        .map((rung) => `${rung} ${lostOn(rung)} of ${TRIES}, ${refused(rung) ? 'refused' : 'admitted'}`)
        .join('; '),
      peers: [
        {
          name: 'pg-transactional-tests 1.2.2',
          measured: peer === undefined ? 'did not end' : `${peer.lost} of ${TRIES}, and its tests pass`,
        },
      ],
      details: [mocha.stderr],
    };
  },
  canaries: [
    canary('open-work', ({ report }) =>
      (report?.failures ?? []).some(({ err }) => err.message.includes('not what it began in its database')),
    ),
    canary('rungs', (mocha) => isRefused(mocha, 'rollback')),
  ],
};

function canary(detector: Canary['detector'], isFound: (mocha: MochaRun) => boolean): Canary {
  return {
    detector,
    trips: async ({ signal }: SelfTestRun) =>
      isFound(await runMocha([RUNGS], { plugin: true, args: ['--grep', 'rollback'], signal })),
  };
}

function isRefused({ report }: MochaRun, rung: string): boolean {
  const title = `is about concurrency ${rung}`;
  const failure = report?.failures.find((failed) => failed.title === title);
  return failure?.err.message.includes(`on ${rung} ${title}" is about concurrency`) === true;
}
