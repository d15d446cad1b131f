import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { commandEnv, workspaceRoot } from './workspace.ts';

export type Outcome = { readonly ok: boolean; readonly output: string; readonly milliseconds: number };

/**
 * Runs a command of the workspace without a shell, and waits for its end. With `shown` it speaks for itself and `output`
 * stays empty; otherwise its words are collected, without colours, in the order they came. `env` is added to the environment.
 */
export function run(
  command: readonly string[],
  { shown = false, cwd = workspaceRoot, env = {} as NodeJS.ProcessEnv } = {},
): Promise<Outcome> {
  const started = performance.now();
  const [name = '', ...words] = command;
  const child = spawn(name, words, { cwd, env: { ...commandEnv(), ...env }, stdio: ['ignore', ...streams(shown)] });
  const output: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => output.push(chunk));

  const { promise, resolve, reject } = Promise.withResolvers<Outcome>();
  child.once('error', reject);
  child.once('close', (code) => {
    const milliseconds = performance.now() - started;
    const text = stripVTControlCharacters(Buffer.concat(output).toString('utf8'));
    resolve({ ok: code === 0, output: text, milliseconds });
  });
  return promise;
}

function streams(shown: boolean): ['inherit', 'inherit'] | ['pipe', 'pipe'] {
  return shown ? ['inherit', 'inherit'] : ['pipe', 'pipe'];
}
