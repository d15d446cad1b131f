import { basename, dirname } from 'node:path';
import type { FileFacts, NewFile, StoreFiles } from '../store/store-files.ts';

type File = { bytes: Uint8Array; synced: Uint8Array | null; syncs: number };
type Folder = { names: Map<string, File | Folder>; synced: Map<string, File | Folder> };

/** What the disk had written by itself when the power went, of the things that nobody had synced. */
export type Survival = { readonly names: 'lost' | 'kept'; readonly bytes: 'lost' | 'half' | 'kept' };

export const EVERY_SURVIVAL: readonly Survival[] = (['lost', 'kept'] as const).flatMap((names) =>
  (['lost', 'half', 'kept'] as const).map((bytes) => ({ names, bytes })),
);

const WRITTEN_AT = new Date('2026-01-01T00:00:00.000Z');

export class PowerLost extends Error {}

/**
 * A file system in memory that forgets what was not synced when the power goes, and that fails when told to.
 *
 * Steps are counted from 1. At `failure.step` the call rejects with the code, without effect; with `POWER` that call and
 * all later ones reject, and `afterPowerLoss` is the disk as it comes back.
 */
export class VolatileDisk implements StoreFiles {
  readonly #root: Folder = folder();
  readonly #failure: { readonly step: number; readonly code: string } | null;
  steps = 0;
  mostSyncsOfAFile = 0;

  constructor(failure: { readonly step: number; readonly code: string } | null = null, root: Folder = folder()) {
    this.#failure = failure;
    this.#root = root;
  }

  afterPowerLoss(survival: Survival): VolatileDisk {
    return new VolatileDisk(null, survivor(this.#root, survival));
  }

  /** The same disk, for another process: nothing is forgotten. */
  failing(failure: { readonly step: number; readonly code: string } | null): VolatileDisk {
    return new VolatileDisk(failure, this.#root);
  }

  async makeFolder(path: string): Promise<void> {
    this.#step('mkdir');
    const names = this.#folder(dirname(path)).names;
    if (!names.has(basename(path))) names.set(basename(path), folder());
  }

  async syncFolder(path: string): Promise<void> {
    this.#step('fsync');
    const found = this.#folder(path);
    found.synced = new Map(found.names);
  }

  async create(path: string): Promise<NewFile> {
    this.#step('open');
    const file: File = { bytes: new Uint8Array(), synced: null, syncs: 0 };
    const { names } = this.#folder(dirname(path));
    if (names.has(basename(path))) throw systemError('EEXIST', 'open');
    names.set(basename(path), file);
    return {
      write: async (bytes) => {
        // A write that fails may have written a part.
        file.bytes = bytes.slice(0, bytes.length / 2);
        this.#step('write');
        file.bytes = bytes.slice();
      },
      sync: async () => {
        file.syncs += 1;
        this.mostSyncsOfAFile = Math.max(this.mostSyncsOfAFile, file.syncs);
        this.#step('fsync');
        file.synced = file.bytes;
      },
      close: async () => this.#step('close'),
    };
  }

  async rename(from: string, to: string): Promise<void> {
    this.#step('rename');
    const names = this.#folder(dirname(from)).names;
    const moved = names.get(basename(from));
    if (moved === undefined) throw systemError('ENOENT', 'rename');
    names.delete(basename(from));
    this.#folder(dirname(to)).names.set(basename(to), moved);
  }

  async read(path: string): Promise<Uint8Array> {
    this.#step('open');
    return this.#file(path).bytes.slice();
  }

  async exists(path: string): Promise<boolean> {
    this.#step('access');
    return this.names(dirname(path)).includes(basename(path));
  }

  async list(path: string): Promise<readonly FileFacts[]> {
    this.#step('scandir');
    return [...this.#folder(path).names].map(([name, entry]) => ({
      name,
      size: 'names' in entry ? 0 : entry.bytes.length,
      modifiedAt: WRITTEN_AT,
    }));
  }

  async remove(path: string): Promise<void> {
    this.#step('rm');
    this.#folder(dirname(path)).names.delete(basename(path));
  }

  names(path: string): readonly string[] {
    const found = this.#find(path);
    return found !== undefined && 'names' in found ? [...found.names.keys()] : [];
  }

  #step(syscall: string): void {
    this.steps += 1;
    if (this.#failure === null) return;
    const { step, code } = this.#failure;
    if (code === 'POWER' && this.steps >= step) throw new PowerLost();
    if (this.steps === step) throw systemError(code, syscall);
  }

  #find(path: string): File | Folder | undefined {
    let found: File | Folder | undefined = this.#root;
    for (const name of path.split('/').filter((part) => part !== '')) {
      found = found !== undefined && 'names' in found ? found.names.get(name) : undefined;
    }
    return found;
  }

  #folder(path: string): Folder {
    const found = this.#find(path);
    if (found === undefined || !('names' in found)) throw systemError('ENOENT', 'open');
    return found;
  }

  #file(path: string): File {
    const found = this.#find(path);
    if (found === undefined || 'names' in found) throw systemError('ENOENT', 'open');
    return found;
  }
}

function folder(): Folder {
  return { names: new Map(), synced: new Map() };
}

function survivor(before: Folder, survival: Survival): Folder {
  const kept = survival.names === 'kept' ? before.names : before.synced;
  const names = new Map(
    [...kept].map(([name, entry]) => [name, 'names' in entry ? survivor(entry, survival) : reborn(entry, survival)]),
  );
  return { names, synced: new Map(names) };
}

function reborn({ bytes, synced }: File, survival: Survival): File {
  const part = { lost: 0, half: bytes.length / 2, kept: bytes.length }[survival.bytes];
  const left = synced ?? bytes.slice(0, part);
  return { bytes: left, synced: left, syncs: 0 };
}

function systemError(code: string, syscall: string): Error {
  return Object.assign(new Error(`${code}: ${syscall}`), { code, syscall });
}
