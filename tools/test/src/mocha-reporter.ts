import { failuresBehindTheEnd } from '#testing/report';
import { facts } from '#testing/runtime';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Mocha from 'mocha';
import { resultFile, type Failure, type TestResult } from './results.ts';

const root = join(import.meta.dirname, '../../..');

/**
 * Mocha's dots; in a run that Nx started it also records what happened, which is where all totals come from: at Mocha's end,
 * and again when the process exits, with what failed since then. A process that exits before Mocha's end is recorded where
 * the test kit knows why.
 */
class RecordingReporter extends Mocha.reporters.Dot {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const record = recorder(options);
    let ended = false;
    runner.once('end', () => {
      ended = true;
      record(resultOf(this, []));
    });
    process.on('exit', () => {
      if (ended || failuresBehindTheEnd().length > 0) record(resultOf(this, failuresBehindTheEnd()));
    });
  }
}

function resultOf({ stats, failures }: Mocha.reporters.Base, others: readonly Failure[]): Omit<TestResult, 'project'> {
  return {
    passed: stats.passes,
    failed: stats.failures + others.length,
    pending: stats.pending,
    milliseconds: stats.duration ?? 0,
    failures: [
      ...failures.map((test): Failure => ({ title: test.fullTitle(), error: test.err?.stack ?? String(test.err) })),
      ...others,
    ],
    facts: facts(),
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
