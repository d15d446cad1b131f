import { randomUUID } from 'node:crypto';
import { access, constants, lstat, readdir, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownName, ownerIsDead } from './owned-name.ts';

const TMPFS = '/dev/shm';
const NEEDED_BYTES = 512 * 1024 * 1024;

/** A new name for this run's cluster: in memory where there is room, else in the system's temporary folder. */
export async function throwawayFolder({ memory = TMPFS, needed = NEEDED_BYTES } = {}): Promise<string> {
  const parent = (await hasRoom(memory, needed)) ? memory : tmpdir();
  return join(parent, `${await ownName()}_${randomUUID().slice(0, 8)}`);
}

/** A run that was killed together with the shell that cleans up after it leaves its folder to the next one. */
export async function sweepFolders(parents: readonly string[] = [TMPFS, tmpdir()]): Promise<void> {
  for (const parent of new Set(parents)) {
    for (const name of await readdir(parent).catch(() => [])) {
      const folder = join(parent, name);
      if ((await ownerIsDead(name)) && (await isOurs(folder))) {
        await rm(folder, { recursive: true, force: true, maxRetries: 3 });
      }
    }
  }
}

async function isOurs(folder: string): Promise<boolean> {
  const found = await lstat(folder).catch(() => undefined);
  return process.getuid?.() === 0 || found?.uid === process.getuid?.();
}

async function hasRoom(folder: string, needed: number): Promise<boolean> {
  try {
    await access(folder, constants.W_OK);
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize >= needed;
  } catch {
    return false;
  }
}
