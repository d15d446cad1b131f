import { ConfigDamaged, ConfigMissing, type ConfigStore, type Hashing } from '#backups/application';
import type { ContentHash, StorageFailure } from '#backups/domain';
import { err, ok, type Result } from '#kernel';
import { BlobStoreFailed, type BlobStore } from './blob-store.ts';
import { readContent } from './read-content.ts';
import type { ContentSeal } from './content-seal.ts';

/**
 * Contents as blobs, sealed. Those that were stored plain, before there was a seal, are read as they are and sealed when they
 * are put again.
 */
export class SealedConfigStore implements ConfigStore {
  readonly #blobs: BlobStore;
  readonly #seal: ContentSeal;
  readonly #hashing: Hashing;

  constructor(blobs: BlobStore, { seal, hashing }: { readonly seal: ContentSeal; readonly hashing: Hashing }) {
    this.#blobs = blobs;
    this.#seal = seal;
    this.#hashing = hashing;
  }

  async put(bytes: Uint8Array, signal: AbortSignal): Promise<Result<ContentHash, StorageFailure>> {
    const hash = this.#hashing.of(bytes);
    try {
      await this.#blobs.put(hash, this.#seal.seal(hash, bytes), signal);
      const kept = await this.#blobs.get(hash, signal);
      if (kept !== null && this.#read(hash, kept) !== null) return ok(hash);
    } catch (error) {
      if (error instanceof BlobStoreFailed) return err(error.failure);
      throw error;
    }
    // It stays where it is: another writer may have made the same name good by now, and `get` checks it anyway.
    return err({ kind: 'StorageFailed', reason: 'what was read back is not what was written' });
  }

  async get(hash: ContentHash, signal: AbortSignal): Promise<Uint8Array> {
    const kept = await this.#blobs.get(hash, signal);
    if (kept === null) throw new ConfigMissing(hash);
    const plain = this.#read(hash, kept);
    if (plain === null) throw new ConfigDamaged(hash);
    return plain;
  }

  async has(hash: ContentHash, signal: AbortSignal): Promise<boolean> {
    const kept = await this.#blobs.get(hash, signal);
    return kept !== null && this.#read(hash, kept) !== null;
  }

  #read(hash: ContentHash, kept: Uint8Array): Uint8Array | null {
    return readContent(kept, { hash, seal: this.#seal, hashing: this.#hashing });
  }
}
