import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { commandEnv } from '#tools/command';
import { DISK_ASSIGNMENT, type DiskAssignment, type DiskReport } from './disk-fault.ts';

const PROGRAM = join(import.meta.dirname, 'main.ts');
const PRELOAD = join(import.meta.dirname, 'preload.ts');

export type Stored = {
  readonly operations: readonly string[];
  /** What it said of its text before it ended: null when it ended before that. */
  readonly answer: Extract<DiskReport, { kind: 'stored' | 'refused' }> | null;
  readonly how: number | string;
  readonly lastWords: string;
};

/** Has a process of its own store a text, and tells what it said and how it ended. */
export async function storeInProcess(assignment: DiskAssignment): Promise<Stored> {
  const child = spawn(process.execPath, ['--import', PRELOAD, PROGRAM], {
    env: { ...commandEnv(), [DISK_ASSIGNMENT]: JSON.stringify(assignment) },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let [lastWords, operations]: [string, readonly string[]] = ['', []];
  let answer: Stored['answer'] = null;
  child.stderr?.setEncoding('utf8').on('data', (text: string) => void (lastWords += text));
  child.on('message', (message) => {
    const report = message as DiskReport;
    if (report.kind === 'operations') operations = report.names;
    else answer = report;
  });
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  return { operations, answer, how: code ?? signal ?? 'unknown', lastWords };
}
