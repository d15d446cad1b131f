import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const MOCHA = createRequire(import.meta.url).resolve('mocha/bin/mocha.js');
const PLUGIN = join(import.meta.dirname, '../../mocha/src/plugin.ts');
const LIMIT_MS = 120_000;

export type MochaRun = {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly milliseconds: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What Mocha's JSON reporter wrote; undefined when the process ended before that. */
  readonly report: MochaReport | undefined;
};

type Titled = { readonly title: string; readonly fullTitle: string };

export type MochaReport = {
  readonly stats: { readonly tests: number; readonly passes: number; readonly failures: number };
  readonly passes: readonly Titled[];
  readonly failures: readonly (Titled & { readonly err: { readonly message: string; readonly stack: string } })[];
};

export type MochaOptions = {
  /** Whether the kit watches; plain Mocha otherwise. */
  readonly plugin: boolean;
  readonly args?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly node?: string;
  readonly signal?: AbortSignal;
};

/** Runs spec files in a Mocha process of their own, to its natural end or a limit. */
export async function runMocha(files: readonly string[], options: MochaOptions): Promise<MochaRun> {
  const { plugin, args = [], env = {}, node = process.execPath, signal } = options;
  const started = performance.now();
  const mocha = spawn(
    node,
    [
      MOCHA,
      '--no-config',
      '--extension',
      'ts',
      '--reporter',
      'json',
      ...(plugin ? ['--require', PLUGIN] : []),
      ...args,
      ...files,
    ],
    {
      env: { ...process.env, NODE_OPTIONS: '', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: LIMIT_MS,
      killSignal: 'SIGKILL',
      signal,
    },
  );
  const [stdout, stderr, [exitCode, killedBy]] = await Promise.all([
    text(mocha.stdout),
    text(mocha.stderr),
    once(mocha, 'close'),
  ]);
  return {
    exitCode: exitCode as number | null,
    signal: killedBy as NodeJS.Signals | null,
    milliseconds: performance.now() - started,
    stdout,
    stderr,
    report: reportIn(stdout),
  };
}

function reportIn(stdout: string): MochaReport | undefined {
  const start = stdout.search(/^\{$/m);
  const end = stdout.lastIndexOf('\n}');
  if (start < 0 || end < start) return undefined;
  return JSON.parse(stdout.slice(start, end + 2)) as MochaReport;
}
