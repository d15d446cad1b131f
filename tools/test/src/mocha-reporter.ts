import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Mocha from 'mocha';
import { resultFile, type Failure, type Target, type TestResult } from './results.ts';

const root = join(import.meta.dirname, '../../..');

/** Mocha's dots; in a run that Nx started it also records what happened, which is where all totals come from. */
class RecordingReporter extends Mocha.reporters.Dot {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const project = process.env['NX_TASK_TARGET_PROJECT'];
    const target = process.env['NX_TASK_TARGET_TARGET'];
    if (project !== undefined && (target === 'test' || target === 'test:system')) {
      runner.once('end', () => record(resultOf(project, this), target));
    }
  }
}

function resultOf(project: string, { stats, failures }: Mocha.reporters.Base): TestResult {
  return {
    project,
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

function record(result: TestResult, target: Target): void {
  const file = join(root, resultFile(result.project, target));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
}

// Mocha loads a reporter by require(), which hands out this export as the module.
export { RecordingReporter as 'module.exports' };
