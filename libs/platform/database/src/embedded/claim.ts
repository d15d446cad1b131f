import { readdir, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataFolderRefused } from './errors.ts';
import { lifeOf } from './life-of.ts';

const CLAIM = /^\.claim-(\d+)-(\w+)@(.+)$/;
const ATTEMPTS = 5;

/**
 * The right to make, start and stop the cluster of a folder. At most one living process has it.
 *
 * Every claimant first writes a file that carries its name, then looks for others: so of two that come at once, at
 * most one goes on. A file is never written twice, so the claim of a dead process can be removed by anyone who can see
 * that it is dead. Processes of other hosts cannot be seen, and containers with a volume in common are such hosts: their
 * claims hold until somebody who knows better removes them.
 */
export async function claimFolder(folder: string, host = hostname()): Promise<AsyncDisposable> {
  const own = `.claim-${process.pid}-${await lifeOf(process.pid)}@${encodeURIComponent(host)}`;
  for (let attempt = 1; ; attempt += 1) {
    const taken = await writeFile(join(folder, own), '', { flag: 'wx' }).then(
      () => false,
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
        return true;
      },
    );
    const rival = taken ? hereBy(process.pid) : await rivalOf(folder, own);
    if (rival === undefined) return { [Symbol.asyncDispose]: () => rm(join(folder, own), { force: true }) };
    if (!taken) await rm(join(folder, own), { force: true });
    if (attempt === ATTEMPTS || taken) throw new DataFolderRefused(folder, rival);
    await sleep(Math.random() * 100); // two that come at once both step back, and would do so again in step
  }
}

/** What the claim of another one means for who wanted the folder; undefined when there is none that counts. */
async function rivalOf(folder: string, own: string): Promise<string | undefined> {
  const [, , , here] = CLAIM.exec(own) ?? [];
  for (const name of await readdir(folder)) {
    const [, pid, life, host] = CLAIM.exec(name) ?? [];
    if (name === own || pid === undefined || host === undefined) continue;
    if (host !== here) return elsewhereBy({ pid, host: decodeURIComponent(host), file: join(folder, name) });
    if ((await lifeOf(Number(pid))) === life) return hereBy(Number(pid));
    await rm(join(folder, name), { force: true });
  }
  return undefined;
}

function hereBy(pid: number): string {
  return `is in use by process ${pid}. Stop that one first, or choose another folder.`;
}

function elsewhereBy({ pid, host, file }: { pid: string; host: string; file: string }): string {
  return (
    `is in use by process ${pid} on ${host}, as far as can be told from another host. Stop that one first, or choose ` +
    `another folder. If nothing on ${host} uses it any more, remove ${file}.`
  );
}
