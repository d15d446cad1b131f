import { join } from 'node:path';
import type { CleanSaid, LeakSaid } from '../fixtures/nondeterminism.fixture.ts';
import type { Goal } from '../goal.ts';
import { runMocha } from '../run-mocha.ts';
import { saidBy } from '../said-by.ts';

const LEAKS = join(import.meta.dirname, '../fixtures/nondeterminism.fixture.ts');
const PLANTED = 6;
const CLEAN_RUNS = 1_000;

/** What is not under control is found by doing the same twice, and is named with the line that asks for it. */
export const nondeterminismIsNamed: Goal = {
  id: 'K8',
  claim: 'what a search of orders does not control is named',
  target: `${PLANTED} of ${PLANTED} planted leaks named with their line, 0 named in ${CLEAN_RUNS.toLocaleString('en-US')} clean runs`,
  check: async ({ signal }) => {
    const { stderr, stdout, exitCode } = await runMocha([LEAKS], { plugin: true, signal });
    const leaks = saidBy<LeakSaid>(stderr, 'leak');
    const [clean] = saidBy<CleanSaid>(stderr, 'clean');
    if (clean === undefined) throw new Error(`${stdout}\n${stderr}`);
    const named = leaks.filter(({ leak, told }) => isNamed(leak, told));
    return {
      passed: exitCode === 0 && named.length === PLANTED && clean.clean >= CLEAN_RUNS && clean.accused.length === 0,
      measured: `${named.length} of ${PLANTED}; ${clean.accused.length} in ${clean.clean.toLocaleString('en-US')} clean runs`,
      peers: [],
      details: [...leaks.map(({ leak, told }) => `${leak}: ${told}`), ...clean.accused],
    };
  },
};

function isNamed(leak: string, told: string): boolean {
  return told
    .split(/[;\n]/)
    .some((part) => part.includes(`${leak} at `) && part.includes('nondeterminism.fixture.ts:'));
}
