import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * A text that names one life of a process id, the same as long as that process lives; undefined when there is none.
 *
 * Ids are given out again, so an id alone does not say that the process which once had it is still there. A zombie
 * counts as dead: it holds nothing any more, and in a container nobody may ever collect it.
 */
export async function lifeOf(pid: number): Promise<string | undefined> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return undefined;
  }
  if (process.platform === 'linux') return lifeInProc(pid);
  if (process.platform === 'win32') return 'unknown';
  return lifeByPs(pid);
}

async function lifeInProc(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The name in brackets may contain anything; the fields after it start with the state, the start time is the 20th.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === '' || 'ZX'.includes(fields[0] ?? '') ? undefined : fields[19];
}

async function lifeByPs(pid: number): Promise<string | undefined> {
  const { stdout } = await run('ps', ['-o', 'stat=,lstart=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  const [state = '', ...started] = stdout.trim().split(/\s+/);
  return state === '' || state.startsWith('Z') ? undefined : started.join('').replaceAll(':', '');
}
