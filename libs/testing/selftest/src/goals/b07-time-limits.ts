import { join } from 'node:path';
import type { Goal, SelfTestRun } from '../goal.ts';
import { runMocha, type MochaOptions } from '../run-mocha.ts';

const FIXTURE = join(import.meta.dirname, '../fixtures/b07-time-limits.fixture.ts');

const modes: Readonly<Record<string, MochaOptions>> = {
  'with the plugin': { plugin: true },
  'plain Mocha': { plugin: false },
  'in parallel': { plugin: true, args: ['--parallel', '--jobs', '2'] },
  'one test picked': { plugin: true, args: ['--grep', 'ignores|honours|quick'] },
};

/** However Mocha is run: a slow test ends, and it is said whether it honoured its abort and what it waited for. */
export const timeLimits: Goal = {
  id: 'B7',
  claim: 'a test out of time is stopped, cleaned up, and told from one that ignores it',
  target: `${Object.keys(modes).length} of ${Object.keys(modes).length} ways to run Mocha`,
  check: async (run) => {
    const faults: string[] = [];
    for (const [mode, options] of Object.entries(modes)) {
      run.progress(mode);
      const seen = await failuresOf(options, run);
      const isRight =
        seen.length === 2 &&
        (seen[0]?.includes('did not end when its signal aborted; in flight: Devices.find at ') ?? false) &&
        seen[1] === 'The test was stopped after 200 ms.';
      if (!isRight) faults.push(`${mode}: ${JSON.stringify(seen)}`);
    }
    const count = Object.keys(modes).length;
    return {
      passed: faults.length === 0,
      measured: `${count - faults.length} of ${count}`,
      peers: [],
      details: faults,
    };
  },
  canaries: [
    {
      detector: 'time-limits',
      trips: async (run) => {
        const failures = await failuresOf({ plugin: true, args: ['--grep', 'ignores'] }, run);
        return failures.some((message) => message.includes('did not end when its signal aborted'));
      },
    },
  ],
};

async function failuresOf(options: MochaOptions, { signal }: SelfTestRun): Promise<readonly string[]> {
  const { report } = await runMocha([FIXTURE], { ...options, signal });
  return report?.failures.map(({ err }) => err.message) ?? ['no report'];
}
