import { join } from 'node:path';
import type { Goal } from '../goal.ts';
import { runMocha, type MochaRun } from '../run-mocha.ts';

const fixtures = join(import.meta.dirname, '../fixtures');
const seeds = join(fixtures, 'late-call-seeds.fixture.ts');

type Counts = { readonly late: number; readonly silent: number; readonly refused: readonly number[] };

export const lateCalls: Goal = {
  id: 'K13',
  claim: 'late calls are caught at the port',
  target: '0 silent writes in 500 seeded runs, every late call refused by the name of its test',
  async check({ signal, progress }) {
    progress('500 seeds');
    // What the tests leave behind on purpose is a leak as well; here it is the port that has to notice.
    const kit = await runMocha([seeds], { plugin: true, signal, env: { LOCKSTEP_TEST_OFF: 'leaks' } });
    progress('500 seeds, plain Mocha');
    const plain = await runMocha([seeds], { plugin: false, signal, env: { LATE_CALLS: 'plain' } });

    const own = countsOf(kit);
    const peer = countsOf(plain);
    const unnamed = own.refused.filter((seed) => !isBlamed(kit, seed));
    return {
      passed:
        own.silent === 0 &&
        own.late > 0 &&
        own.refused.length >= own.late &&
        unnamed.length === 0 &&
        kit.exitCode !== 0,
      measured: `${own.silent} silent writes, ${own.refused.length} calls refused, ${own.refused.length - unnamed.length} of them named`,
      peers: [
        {
          name: 'plain Mocha',
          measured: `${peer.silent} silent writes into another test, ${peer.refused.length} refused, exit code ${plain.exitCode}`,
        },
      ],
      details: [`${own.late} late calls; not named: ${unnamed.join(', ')}`],
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

function isBlamed({ report }: MochaRun, seed: number): boolean {
  const blame = `was called by "seeded late calls leaves work behind, seed ${seed}."`;
  return report?.failures.some(({ err }) => err.message.includes(blame)) === true;
}
