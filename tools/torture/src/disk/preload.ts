import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { dirname } from 'node:path';
import { DISK_ASSIGNMENT, type DiskAssignment } from './disk-fault.ts';
import { VolatileState } from './volatile-state.ts';

/**
 * Loaded before a program, takes the place of the file operations that it will import: counts those inside the store, and fails,
 * ends the process, or the power, at the one it was told.
 */
const { store, fault } = JSON.parse(process.env[DISK_ASSIGNMENT] ?? '') as DiskAssignment;
const state = new VolatileState();
const operations: string[] = [];

/** For the program, which says what it was told to at its end. */
export const disk = { operations, powerFails };

function powerFails(): never {
  state.lose();
  process.kill(process.pid, 'SIGKILL');
  throw new Error('It should be gone.');
}

async function operation<T>(name: string, path: string, work: () => Promise<T>): Promise<T> {
  if (!path.startsWith(store)) return work();
  operations.push(name);
  const isIt = operations.length === fault.at;
  if (isIt && fault.when === 'before') strike(name, path);
  const result = await work();
  if (isIt && fault.when === 'after') strike(name, path);
  return result;
}

function strike(name: string, path: string): void {
  if (fault.kind === 'none') return;
  if (fault.kind === 'power') powerFails();
  if (fault.kind === 'kill') process.kill(process.pid, 'SIGKILL');
  // A sync that failed has let go of the bytes: another one would succeed, and mean nothing.
  if (name === 'sync') state.forgetBytes(path);
  throw Object.assign(new Error(`${fault.kind}: ${name} of ${path}, on purpose`), {
    code: fault.kind,
    syscall: name,
    path,
  });
}

const real = { ...fs.promises };

const faulty: Partial<typeof fs.promises> = {
  open: (async (path: string, flags?: string, mode?: number) => {
    const file = await operation(flags === 'r' ? 'open folder' : 'create', path, () => real.open(path, flags, mode));
    if (flags !== 'r') state.created(path);
    return wrapped(file, path, flags === 'r');
  }) as typeof real.open,
  rename: (async (from: string, to: string) => {
    const before = fs.existsSync(to) ? fs.readFileSync(to) : null;
    await operation('rename', to, async () => {
      await real.rename(from, to);
      state.renamed({ from, to, before });
    });
  }) as typeof real.rename,
  mkdir: (async (path: string, options: fs.MakeDirectoryOptions) =>
    operation('mkdir', path, () => real.mkdir(path, options))) as typeof real.mkdir,
  rm: (async (path: string, options: fs.RmOptions) =>
    operation('rm', path, async () => {
      await real.rm(path, options);
      state.removed(path);
    })) as typeof real.rm,
};

function wrapped(file: fs.promises.FileHandle, path: string, isFolder: boolean): fs.promises.FileHandle {
  const [writeFile, sync, close] = [file.writeFile.bind(file), file.sync.bind(file), file.close.bind(file)];
  return Object.assign(file, {
    writeFile: (bytes: Uint8Array) =>
      operation('write', path, async () => {
        await writeFile(bytes);
        state.wrote(path);
      }),
    sync: async () => {
      const once = (): Promise<void> => synced(path, isFolder, sync);
      await (fault.syncsAgain === true ? once().catch(once) : once());
    },
    close: () => operation('close', path, () => close()),
  });
}

function synced(path: string, isFolder: boolean, sync: () => Promise<void>): Promise<void> {
  return operation(isFolder ? 'sync folder' : 'sync', path, async () => {
    if (fault.forgets === (isFolder ? 'sync of folders' : 'sync of files')) return;
    await sync();
    if (isFolder) state.syncedFolder(path);
    else state.synced(path);
  });
}

Object.assign(fs.promises, faulty);
syncBuiltinESMExports();

if (!store.startsWith('/') || dirname(store) === store) throw new Error('The store has to be a folder of its own.');
