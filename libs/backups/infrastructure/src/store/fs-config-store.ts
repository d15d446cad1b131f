import { dirname, join } from 'node:path';
import { ConfigDamaged, ConfigMissing, type ConfigStore, type Hashing } from '#backups/application';
import type { ContentHash, StorageFailure } from '#backups/domain';
import { err, ok, type Clock, type Result } from '#kernel';
import { storageFailure, systemCode } from './storage-failure.ts';
import type { NewFile, StoreFiles } from './store-files.ts';
import type { TemporaryNames } from './temporary-names.ts';

/** One file per content, named by its hash, in 65,536 folders. Only names made here ever reach the file system. */
export class FsConfigStore implements ConfigStore {
  readonly #root: string;
  readonly #files: StoreFiles;
  readonly #hashing: Hashing;
  readonly #names: TemporaryNames;
  readonly #clock: Clock;
  #swept = false;

  constructor(
    directory: string,
    parts: {
      readonly files: StoreFiles;
      readonly hashing: Hashing;
      readonly names: TemporaryNames;
      readonly clock: Clock;
    },
  ) {
    this.#root = directory;
    this.#files = parts.files;
    this.#hashing = parts.hashing;
    this.#names = parts.names;
    this.#clock = parts.clock;
  }

  async put(bytes: Uint8Array, signal: AbortSignal): Promise<Result<ContentHash, StorageFailure>> {
    const hash = this.#hashing.of(bytes);
    try {
      await this.#prepare(signal);
      await this.#write(bytes, this.#pathOf(hash), signal);
      const kept = await this.#files.read(this.#pathOf(hash));
      if (this.#hashing.of(kept) === hash) return ok(hash);
    } catch (error) {
      return err(storageFailure(error));
    }
    // It stays where it is: another writer may have made the same name good by now, and `get` checks it anyway.
    return err({ kind: 'StorageFailed', reason: 'what was read back is not what was written' });
  }

  async get(hash: ContentHash, signal: AbortSignal): Promise<Uint8Array> {
    signal.throwIfAborted();
    const bytes = await this.#files.read(this.#pathOf(hash)).catch((error: unknown) => {
      throw systemCode(error) === 'ENOENT' ? new ConfigMissing(hash) : error;
    });
    signal.throwIfAborted();
    if (this.#hashing.of(bytes) !== hash) throw new ConfigDamaged(hash);
    return bytes;
  }

  async has(hash: ContentHash, signal: AbortSignal): Promise<boolean> {
    try {
      await this.get(hash, signal);
      return true;
    } catch (error) {
      if (error instanceof ConfigMissing || error instanceof ConfigDamaged) return false;
      throw error;
    }
  }

  /** Makes the folders, and sweeps once in a store's life what dead processes have left behind. */
  async #prepare(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    await this.#makeFolder(this.#root);
    await this.#makeFolder(this.#incoming);
    await this.#makeFolder(this.#objects);
    if (this.#swept) return;
    for (const { name, modifiedAt } of await this.#files.list(this.#incoming)) {
      signal.throwIfAborted();
      const ageMs = this.#clock.now().getTime() - modifiedAt.getTime();
      if (this.#names.isAbandoned({ name, ageMs })) await this.#files.remove(join(this.#incoming, name));
    }
    this.#swept = true;
  }

  /** Always through a new file and a rename, also over content that is there: so the same path repairs what is damaged. */
  async #write(bytes: Uint8Array, path: string, signal: AbortSignal): Promise<void> {
    await this.#makeFolder(dirname(dirname(path)));
    await this.#makeFolder(dirname(path));
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

  #pathOf(hash: ContentHash): string {
    return join(this.#objects, hash.slice(0, 2), hash.slice(2, 4), hash);
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
