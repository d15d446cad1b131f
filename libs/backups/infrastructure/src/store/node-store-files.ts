import type { Stats } from 'node:fs';
import { access, chmod, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from './storage-failure.ts';
import type { FileFacts, NewFile, StoreFiles } from './store-files.ts';

const OWNER_ONLY_FOLDER = 0o700;
const OWNER_ONLY_FILE = 0o600;

export class NodeStoreFiles implements StoreFiles {
  async makeFolder(path: string): Promise<void> {
    const made = await mkdir(path, { recursive: true, mode: OWNER_ONLY_FOLDER });
    // A folder that somebody else has made for us may be open to others.
    if (made === undefined && ((await stat(path)).mode & 0o077) !== 0) await chmod(path, OWNER_ONLY_FOLDER);
  }

  async syncFolder(path: string): Promise<void> {
    // Windows has no such thing as syncing a folder, and refuses to open one.
    if (process.platform === 'win32') return;
    const folder = await open(path, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }

  async create(path: string): Promise<NewFile> {
    const file = await open(path, 'wx', OWNER_ONLY_FILE);
    return {
      write: (bytes) => file.writeFile(bytes),
      sync: () => file.sync(),
      close: () => file.close(),
    };
  }

  rename(from: string, to: string): Promise<void> {
    return rename(from, to);
  }

  read(path: string): Promise<Uint8Array> {
    return readFile(path);
  }

  async exists(path: string): Promise<boolean> {
    try {
      await access(path);
      return true;
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return false;
      throw error;
    }
  }

  async list(path: string): Promise<readonly FileFacts[]> {
    const names = await readdir(path);
    const found = await Promise.all(names.map(async (name) => ({ name, stats: await statOrNull(join(path, name)) })));
    return found.flatMap(({ name, stats }) =>
      stats === null ? [] : [{ name, size: stats.size, modifiedAt: stats.mtime }],
    );
  }

  remove(path: string): Promise<void> {
    return rm(path, { force: true });
  }
}

async function statOrNull(path: string): Promise<Stats | null> {
  try {
    return await stat(path);
  } catch (error) {
    // Whoever wrote it has finished in between.
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}
