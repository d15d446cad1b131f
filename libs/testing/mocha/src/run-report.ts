import { collectRecords, failuresBehindTheEnd, honestReport, leaveRecord } from '#testing/report';
import { facts } from '#testing/runtime';
import { mkdtempSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where the workers of a parallel run leave what they have to report. */
const FOLDER = 'LOCKSTEP_TEST_RECORDS';

/** Whether this process runs files for another one, which then makes the report. */
export const isWorker = /[\\/]nodejs[\\/]worker\.js$/.test(process.argv[1] ?? '');

/**
 * A report at the end of this process, or in a worker at the end of the one it works for; `last` can still add to it. To
 * stderr: reporters have stdout.
 */
export function reportAtExit(last: (code: number) => void): void {
  process.on('exit', (code) => {
    last(code);
    if (isWorker) leaveForParent();
    else writeSync(2, `${honestReport(facts()).join('\n')}\n`);
  });
}

export function leaveForParent(): void {
  const folder = process.env[FOLDER];
  if (isWorker && folder !== undefined) leaveRecord(folder);
}

/** Makes what the workers of a parallel run leave part of this process's report, and their failures part of Mocha's count. */
export function collectFromWorkers(runner: Mocha.Runner): void {
  const folder = mkdtempSync(join(tmpdir(), 'mocha-records-'));
  process.env[FOLDER] = folder;
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  // Before the callback that makes the exit code out of this number.
  runner.prependOnceListener('end', () => {
    collectRecords(folder);
    runner.failures += failuresBehindTheEnd().length;
  });
}
