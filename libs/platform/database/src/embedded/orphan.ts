import { execFile } from 'node:child_process';
import { readdir, readFile, readlink, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { lifeOf } from './life-of.ts';

const FAST_SHUTDOWN_MS = 10_000;
/** Also after its package was installed anew. */
const PROGRAM = /\/postgres( \(deleted\))?$/;

const run = promisify(execFile);

/**
 * Ends the PostgreSQL that a dead launcher left behind in a data folder, and what remains of a dead one.
 *
 * Only for the holder of the folder's claim: then no living launcher has it, here or on another host.
 */
export async function endOrphan(data: string, signal: AbortSignal, patienceMs = FAST_SHUTDOWN_MS): Promise<void> {
  const lock = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '');
  const postmaster = Number(lock.split('\n')[0]);
  if (!Number.isInteger(postmaster) || postmaster <= 0) return;
  const patience = AbortSignal.timeout(patienceMs);
  let asked = false;
  for (;;) {
    signal.throwIfAborted();
    const working = await workingIn(data, postmaster);
    if (working.length === 0) break;
    // Its children are not asked: the same signal means other things to them, and they end with it by themselves.
    if (!asked && working.includes(postmaster)) send(postmaster, 'SIGINT');
    asked = true;
    if (patience.aborted) for (const pid of working) send(pid, 'SIGKILL');
    await sleep(20);
  }
  // PostgreSQL takes a zombie, or whoever got the id since, for the old server and would refuse to start.
  await rm(join(data, 'postmaster.pid'), { force: true });
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** The living processes of that cluster: all of them work in its data folder. */
async function workingIn(data: string, postmaster: number): Promise<number[]> {
  if (process.platform !== 'linux') return (await runsOn(postmaster, data)) ? [postmaster] : [];
  const folder = await realpath(data);
  const found: number[] = [];
  for (const name of await readdir('/proc')) {
    const pid = Number(name);
    const link = (which: string): Promise<string> => readlink(`/proc/${name}/${which}`).catch(() => '');
    if (!Number.isInteger(pid) || (await link('cwd')) !== folder) continue;
    if (PROGRAM.test(await link('exe')) && (await lifeOf(pid))) found.push(pid);
  }
  return found;
}

async function runsOn(pid: number, data: string): Promise<boolean> {
  const { stdout } = await run('ps', ['-o', 'command=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  return stdout.includes(data) && (await lifeOf(pid)) !== undefined;
}
