import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { ServerUser } from '../embedded/server-user.ts';
import { eventually } from '#testing/lifecycle';

/**
 * A process that has ended but is never collected: its parent has become a program that does not ask.
 *
 * That program reads from this process, so it ends with it, however that goes.
 */
export async function zombie(as?: ServerUser): Promise<Disposable & { readonly pid: number }> {
  // It ends when the other program has taken over: the shell itself might still collect it.
  const script = 'sleep 0.2 & echo $!; exec cat';
  const parent = spawn('/bin/sh', ['-c', script], { ...as, cwd: '/', stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = (await once(parent.stdout, 'data')) as [Buffer];
  const pid = Number(line);
  await eventually(
    { what: 'a process to end that nobody collects', probe: () => stateOf(pid) === 'Z' },
    AbortSignal.timeout(10_000),
  );
  return { pid, [Symbol.dispose]: () => void parent.kill('SIGKILL') };
}

function stateOf(pid: number): string | undefined {
  if (process.platform !== 'linux') return String(execFileSync('ps', ['-o', 'stat=', '-p', String(pid)]))[0];
  return /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1];
}
