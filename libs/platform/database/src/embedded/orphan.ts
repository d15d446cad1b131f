import { readdir, readFile, readlink, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { lifeOf } from './life-of.ts';

/**
 * Ends the PostgreSQL that a dead launcher left behind in a data folder, and what remains of a dead one.
 *
 * Only for the holder of the folder's claim: then no living launcher has it.
 */
export async function endOrphan(data: string, signal: AbortSignal): Promise<void> {
  const lock = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number(lock.split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 0) return;
  for (;;) {
    signal.throwIfAborted();
    const working = await workingIn(data, pid);
    if (working.length === 0) break;
    // Fast shutdown. Backends whose postmaster is gone end by themselves, this only hurries them.
    for (const each of working) kill(each);
    await sleep(20, undefined, { signal });
  }
  // PostgreSQL takes a zombie, or whoever got the id since, for the old server and would refuse to start.
  await rm(join(data, 'postmaster.pid'), { force: true });
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGINT');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** The living processes of that cluster: all of them work in its data folder, and nothing else does. */
async function workingIn(data: string, postmaster: number): Promise<number[]> {
  if (process.platform !== 'linux') return (await lifeOf(postmaster)) === undefined ? [] : [postmaster];
  const folder = await realpath(data);
  const found: number[] = [];
  for (const name of await readdir('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    if ((await readlink(`/proc/${pid}/cwd`).catch(() => '')) === folder && (await lifeOf(pid))) found.push(pid);
  }
  return found;
}
