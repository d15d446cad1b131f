import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataFolderRefused } from './errors.ts';
import { lifeOf } from './life-of.ts';

const CLAIM = /^\.claim-(\d+)-(\w+)$/;
const ATTEMPTS = 5;

/**
 * The right to make, start and stop the cluster of a folder. At most one living process has it.
 *
 * Every claimant first writes a file that carries its name, then looks for others: so of two that come at once, at
 * most one goes on. A file is never written twice, so the claim of a dead process can be removed by anyone.
 */
export async function claimFolder(folder: string): Promise<AsyncDisposable> {
  const own = `.claim-${process.pid}-${await lifeOf(process.pid)}`;
  for (let attempt = 1; ; attempt += 1) {
    const taken = await writeFile(join(folder, own), '', { flag: 'wx' }).then(
      () => false,
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
        return true;
      },
    );
    const rival = taken ? process.pid : await livingRival(folder, own);
    if (rival === undefined) return { [Symbol.asyncDispose]: () => rm(join(folder, own), { force: true }) };
    if (!taken) await rm(join(folder, own), { force: true });
    if (attempt === ATTEMPTS || taken) {
      throw new DataFolderRefused(
        folder,
        `is in use by process ${rival}. Stop that one first, or choose another folder.`,
      );
    }
    await sleep(Math.random() * 100); // two that come at once both step back, and would do so again in step
  }
}

async function livingRival(folder: string, own: string): Promise<number | undefined> {
  for (const name of await readdir(folder)) {
    const [, pid, life] = CLAIM.exec(name) ?? [];
    if (name === own || pid === undefined) continue;
    if ((await lifeOf(Number(pid))) === life) return Number(pid);
    await rm(join(folder, name), { force: true });
  }
  return undefined;
}
