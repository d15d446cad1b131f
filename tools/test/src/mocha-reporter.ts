import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Mocha from 'mocha';
import { resultFile, type Failure, type TestResult } from './results.ts';
import { endSurvivors } from './survivors.ts';

const root = join(import.meta.dirname, '../../..');

/** Mocha's dots; in a run that Nx started it also records what happened, which is where all totals come from. */
class RecordingReporter extends Mocha.reporters.Dot {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const record = recorder(options);
    runner.once('end', () => {
      const result = resultOf(this);
      record(result);
      endSurvivors((what) => {
        const error = `The tests have ended, but these keep the process alive: ${what.join(', ')}.`;
        console.error(error);
        record({
          ...result,
          failed: result.failed + 1,
          failures: [...result.failures, { title: 'after all tests', error }],
        });
      });
    });
  }
}

function resultOf({ stats, failures }: Mocha.reporters.Base): Omit<TestResult, 'project'> {
  return {
    passed: stats.passes,
    failed: stats.failures,
    pending: stats.pending,
    milliseconds: stats.duration ?? 0,
    failures: failures.map((test): Failure => ({
      title: test.fullTitle(),
      error: test.err?.stack ?? String(test.err),
    })),
  };
}

/** Nx says what it runs by environment. Whoever runs Mocha by hand asks for a part, which is no result of the project. */
function recorder({ reporterOptions }: Mocha.MochaOptions): (result: Omit<TestResult, 'project'>) => void {
  const { NX_TASK_TARGET_PROJECT: project, NX_TASK_TARGET_TARGET: target } = process.env;
  const asked = (reporterOptions as { readonly results?: string } | undefined)?.results;
  const known = target === 'test' || target === 'test:system' ? target : undefined;
  const file =
    asked ?? (project !== undefined && known !== undefined ? join(root, resultFile(project, known)) : undefined);
  return (result) => {
    if (file === undefined) return;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify({ project: project ?? '', ...result }, null, 2)}\n`);
  };
}

// Mocha loads a reporter by require(), which hands out this export as the module.
export { RecordingReporter as 'module.exports' };
