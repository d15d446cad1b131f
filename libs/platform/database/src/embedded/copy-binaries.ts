import { randomUUID } from 'node:crypto';
import { chmod, cp, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Copies the programs to where every user can read them. The copy appears whole, also when two processes make it at once. */
export async function copyBinaries(from: string, to: string): Promise<void> {
  const draft = `${dirname(to)}.${randomUUID()}`;
  try {
    await cp(from, join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
    await openToAll(draft);
    await rm(dirname(to), { recursive: true, force: true });
    await rename(draft, dirname(to)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error; // another process was faster
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** A package installed with a strict umask would be as unreadable in its copy. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory() || entry.parentPath.endsWith('bin')) await chmod(path, 0o755);
    else if (entry.isFile()) await chmod(path, 0o644);
  }
}
