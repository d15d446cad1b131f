import { join } from 'node:path';
import type { Goal } from '../goal.ts';
import { runMocha, type MochaRun } from '../run-mocha.ts';

const fixtures = join(import.meta.dirname, '../fixtures');
const seeds = join(fixtures, 'late-call-seeds.fixture.ts');
const inserts = join(fixtures, 'late-inserts.fixture.ts');

type Counts = { readonly late: number; readonly silent: number; readonly refused: readonly number[] };

export const lateCalls: Goal = {
  id: 'K13',
  claim: 'late calls are caught at the port, and late queries at the database',
  target:
    '0 silent writes in 500 seeded runs, every late call and query refused by the name of its test, also between its end and the next',
  async check({ signal, progress }) {
    progress('500 seeds');
    // What the tests leave behind on purpose is a leak as well; here it is the port that has to notice.
    const kit = await runMocha([seeds], { plugin: true, signal, env: { LOCKSTEP_TEST_OFF: 'leaks' } });
    progress('500 seeds, plain Mocha');
    const plain = await runMocha([seeds], { plugin: false, signal, env: { LATE_CALLS: 'plain' } });

    progress('a call while the ledger of leaks waits');
    const window = await runMocha([join(fixtures, 'late-window.fixture.ts')], { plugin: true, signal });
    const inWindow = faultsOfWindow(window);

    progress('late inserts');
    const database = await runMocha([inserts], { plugin: true, signal });
    progress('late inserts, nobody watching');
    const unwatched = await runMocha([inserts], { plugin: true, signal, env: { LOCKSTEP_TEST_OFF: 'late-calls' } });

    const port = verdictOn(kit, (seed) => `was called by "seeded late calls leaves work behind, seed ${seed}."`);
    const rows = verdictOn(database, (pair) => `The test "late inserts leaves an insert behind, pair ${pair}."`);
    const faults = [...port.faults, ...inWindow, ...rows.faults];
    const [peer, spoilt] = [countsOf(plain), countsOf(unwatched)];
    return {
      passed: faults.length === 0,
      measured: `${port.measured}; at the database ${rows.measured}`,
      peers: [
        {
          name: 'plain Mocha',
          measured: `${peer.silent} silent writes into another test, ${peer.refused.length} refused, exit code ${plain.exitCode}`,
        },
        {
          name: 'a database emptied after each test',
          measured: `${spoilt.silent} late rows in another test, ${spoilt.refused.length} refused, exit code ${unwatched.exitCode}`,
        },
      ],
      details: faults,
    };
  },
  canaries: [
    {
      detector: 'late-calls',
      trips: async ({ signal }) => {
        const { report, exitCode } = await runMocha([join(fixtures, 'late-call.fixture.ts')], { plugin: true, signal });
        const isNamed = report?.failures.some(({ err }) =>
          /Postbox\.send was called by "a postbox is used/.test(err.message),
        );
        return exitCode !== 0 && isNamed === true;
      },
    },
  ],
};

function countsOf({ stderr, stdout }: MochaRun): Counts {
  const [, counts] = /late calls: (\{.*\})/.exec(stderr) ?? [];
  if (counts === undefined) throw new Error(`The seeded tests did not come to their end:\n${stdout}\n${stderr}`);
  return JSON.parse(counts) as Counts;
}

/** The first test calls before Mocha goes on; the second one passes when nothing has been written. */
function faultsOfWindow({ report, stdout }: MochaRun): readonly string[] {
  if (report === undefined) return [`no report: ${stdout}`];
  const [blamed, ...others] = report.failures;
  const isNamed = blamed?.err.message.includes('Store.save was called by "a late call forgets work."') === true;
  return [
    ...(isNamed && blamed.title === 'forgets work.' ? [] : [`not named: ${blamed?.err.message}`]),
    ...others.map(({ title, err }) => `${title}: ${err.message}`),
  ];
}

type Verdict = { readonly measured: string; readonly faults: readonly string[] };

function verdictOn(run: MochaRun, blameOf: (number: number) => string): Verdict {
  const { late, silent, refused } = countsOf(run);
  const blames = run.report?.failures.map(({ err }) => err.message) ?? [];
  const unnamed = refused.filter((number) => !blames.some((blame) => blame.includes(blameOf(number))));
  return {
    measured: `${silent} silent writes, ${refused.length} calls refused, ${refused.length - unnamed.length} of them named`,
    faults: [
      ...(silent === 0 ? [] : [`${silent} silent writes`]),
      ...(late > 0 && refused.length >= late ? [] : [`${late} late calls, ${refused.length} refused`]),
      ...unnamed.map((number) => `not named: ${blameOf(number)}`),
      ...(run.exitCode === 0 ? ['exit code 0'] : []),
    ],
  };
}
