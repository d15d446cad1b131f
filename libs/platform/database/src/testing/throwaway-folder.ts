import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { access, constants, lstat, readdir, rm, stat, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claimFolder } from '../embedded/claim.ts';
import { KEEP_FILE } from '../embedded/tied-process.ts';
import { KEPT_LINKS, keptIn } from './keep-cluster.ts';
import { ownName, ownerIsDead } from './owned-name.ts';

const TMPFS = '/dev/shm';
const NEEDED_BYTES = 512 * 1024 * 1024;
const KEPT_MS = 24 * 60 * 60 * 1000;

/** A new name for this run's cluster: in memory where there is room, else in the system's temporary folder. */
export async function throwawayFolder({ memory = TMPFS, needed = NEEDED_BYTES } = {}): Promise<string> {
  const parent = (await hasRoom(memory, needed)) ? memory : tmpdir();
  return join(parent, `${await ownName()}_${randomUUID().slice(0, 8)}`);
}

/**
 * A run that was killed together with the shell that cleans up after it leaves its folder to the next one. One that was
 * kept for somebody to look at goes with the next run of the same project, or after a day.
 */
export async function sweepFolders(parents: readonly string[] = [TMPFS, tmpdir()]): Promise<void> {
  for (const parent of new Set(parents)) {
    for (const name of await readdir(parent).catch(() => [])) {
      const folder = join(parent, name);
      if ((await ownerIsDead(name)) && (await isOurs(folder)) && !(await isStillWanted(folder))) {
        await rm(folder, { recursive: true, force: true, maxRetries: 3 });
      }
    }
  }
  for (const name of await readdir(KEPT_LINKS).catch(() => [])) {
    const link = join(KEPT_LINKS, name);
    if (!existsSync(link)) await rm(link, { force: true });
  }
}

async function isStillWanted(folder: string): Promise<boolean> {
  const kept = await keptIn(folder);
  const [first] = kept;
  if (first === undefined) return false;
  const { mtimeMs } = await stat(join(folder, KEEP_FILE));
  if (first.project !== process.cwd() && Date.now() - mtimeMs < KEPT_MS) return true;
  // Somebody may have it open.
  return claimFolder(folder).then(
    async (claim) => {
      await claim[Symbol.asyncDispose]();
      return false;
    },
    () => true,
  );
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
