import { readdir, readFile } from 'node:fs/promises';

/**
 * The processes whose arguments or environment mention the text, this process aside, as `pid command line`; a test that
 * gives what it starts a mark of its own can prove that none of it is left. Linux only: it reads `/proc`.
 */
export async function processesMentioning(text: string): Promise<readonly string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  const lines = await Promise.all(pids.map((pid) => lineOf(pid, text)));
  return lines.filter((line) => line !== undefined);
}

/** A process may end while it is looked at, and those of others cannot be looked at. */
async function lineOf(pid: string, text: string): Promise<string | undefined> {
  const parts = await Promise.all(
    ['cmdline', 'environ'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')),
  );
  const [command = ''] = parts;
  return parts.some((part) => part.includes(text)) ? `${pid} ${command.replaceAll('\0', ' ').trim()}` : undefined;
}
