import { dirname, join } from 'node:path';
import { abortable, type Clock } from '#kernel';
import { abandonable } from './abandonable.ts';
import { BlobStoreFailed, isContentName, type BlobStore, type StoredBlob } from './blob-store.ts';
import { storageFailure, systemCode } from './storage-failure.ts';
import type { FileFacts, NewFile, StoreFiles } from './store-files.ts';
import type { TemporaryNames } from './temporary-names.ts';

/** How long a write may take to clean up behind itself when it is told to stop. */
const CLEANING_UP_MS = 500;
/** How often a store looks for what dead processes have left behind. */
const SWEEP_EVERY_MS = 3_600_000;

type Parts = { readonly files: StoreFiles; readonly names: TemporaryNames; readonly clock: Clock };

/**
 * One file per blob; contents in 65,536 folders. Only names made here ever reach the file system.
 *
 * A file operation that hangs, as those of a network file system can, cannot be stopped: the caller is told of its abort all the
 * same, and the operation is left behind with the thread that it holds.
 */
export class FsBlobStore implements BlobStore {
  readonly #root: string;
  readonly #files: StoreFiles;
  readonly #names: TemporaryNames;
  readonly #clock: Clock;
  #sweptAt: number | undefined;

  constructor(directory: string, { files, names, clock }: Parts) {
    this.#root = directory;
    this.#files = files;
    this.#names = names;
    this.#clock = clock;
  }

  put(name: string, bytes: Uint8Array, signal: AbortSignal): Promise<void> {
    const work = explained(this.#put(this.#pathOf(name), bytes, signal));
    return abandonable(work, { signal, clock: this.#clock, graceMs: CLEANING_UP_MS });
  }

  async get(name: string, signal: AbortSignal): Promise<Uint8Array | null> {
    signal.throwIfAborted();
    return abortable(explained(ifThere(this.#files.read(this.#pathOf(name)))), signal);
  }

  async list(prefix: string, signal: AbortSignal): Promise<readonly StoredBlob[]> {
    signal.throwIfAborted();
    const folder = join(this.#objects, prefix);
    const blobs: StoredBlob[] = [];
    for (const { name: inner } of await this.#listed(folder, signal)) {
      for (const { name, size, modifiedAt } of await this.#listed(join(folder, inner), signal)) {
        if (isContentName(name) && name.startsWith(prefix + inner)) blobs.push({ name, size, storedAt: modifiedAt });
      }
    }
    return blobs;
  }

  async remove(name: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const path = this.#pathOf(name);
    const removal = this.#files.remove(path).then(() => ifThere(this.#files.syncFolder(dirname(path))));
    await abortable(explained(removal), signal);
  }

  async #listed(folder: string, signal: AbortSignal): Promise<readonly FileFacts[]> {
    return (await abortable(explained(ifThere(this.#files.list(folder))), signal)) ?? [];
  }

  async #put(path: string, bytes: Uint8Array, signal: AbortSignal): Promise<void> {
    await this.#prepare(signal);
    await this.#write(bytes, path, signal);
  }

  /** Makes the folders, and sweeps now and then what dead processes have left behind. */
  async #prepare(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    await this.#makeFolder(this.#root);
    await this.#makeFolder(this.#incoming);
    await this.#makeFolder(this.#objects);
    const now = this.#clock.now().getTime();
    if (this.#sweptAt !== undefined && now - this.#sweptAt < SWEEP_EVERY_MS) return;
    for (const { name, modifiedAt } of await this.#files.list(this.#incoming)) {
      signal.throwIfAborted();
      const ageMs = now - modifiedAt.getTime();
      if (this.#names.isAbandoned({ name, ageMs })) await this.#files.remove(join(this.#incoming, name));
    }
    this.#sweptAt = now;
  }

  /** Always through a new file and a rename, also over bytes that are there: so the same path repairs what is damaged. */
  async #write(bytes: Uint8Array, path: string, signal: AbortSignal): Promise<void> {
    for (const folder of this.#foldersOf(path)) await this.#makeFolder(folder);
    signal.throwIfAborted();
    using taken = this.#names.take();
    const temporary = join(this.#incoming, taken.name);
    try {
      await writeThrough(await this.#files.create(temporary), bytes);
      signal.throwIfAborted();
      await this.#files.rename(temporary, path);
    } catch (error) {
      // Why it failed matters more than a leftover, which the next sweep finds.
      await this.#files.remove(temporary).catch(() => {});
      throw error;
    }
    await this.#files.syncFolder(dirname(path));
  }

  async #makeFolder(path: string): Promise<void> {
    await this.#files.makeFolder(path);
    await this.#files.syncFolder(dirname(path));
  }

  /** On the same file system as the objects, so that a rename is one step. */
  get #incoming(): string {
    return join(this.#root, 'incoming');
  }

  get #objects(): string {
    return join(this.#root, 'objects');
  }

  #pathOf(name: string): string {
    if (!isContentName(name)) return join(this.#root, name);
    return join(this.#objects, name.slice(0, 2), name.slice(2, 4), name);
  }

  #foldersOf(path: string): readonly string[] {
    return dirname(path) === this.#root ? [] : [dirname(dirname(path)), dirname(path)];
  }
}

/** A `sync` that failed is never tried again: the system may have dropped the bytes and would then report success. */
async function writeThrough(file: NewFile, bytes: Uint8Array): Promise<void> {
  try {
    await file.write(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

function ifThere<T>(work: Promise<T>): Promise<T | null> {
  return work.catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  });
}

/** An abort, or a defect, is thrown on as it is. */
function explained<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    throw new BlobStoreFailed(storageFailure(error), error);
  });
}
