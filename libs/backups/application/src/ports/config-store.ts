import type { ContentHash, StorageFailure } from '#backups/domain';
import type { Result } from '#kernel';

/** Thrown for content that was stored once and is not there any more. */
export class ConfigMissing extends Error {
  readonly hash: ContentHash;

  constructor(hash: ContentHash) {
    super(`The store has no content ${hash}.`);
    this.name = 'ConfigMissing';
    this.hash = hash;
  }
}

/** Thrown for content whose bytes are no longer the ones that were stored. */
export class ConfigDamaged extends Error {
  readonly hash: ContentHash;

  constructor(hash: ContentHash) {
    super(`The content stored as ${hash} is damaged.`);
    this.name = 'ConfigDamaged';
    this.hash = hash;
  }
}

/**
 * Configurations by the hash of their bytes.
 *
 * `put` answers the hash only when the bytes have survived a loss of power and were read back and hashed. After a
 * failure, an abort or a crash at any point, what was stored before is as it was, and the new bytes are there
 * completely or not at all. Putting the same bytes again, also at the same time and from other processes, is fine and
 * repairs damage.
 * `get` hashes what it reads: it throws {@link ConfigDamaged} or {@link ConfigMissing} rather than answer other bytes.
 * `has` says whether `get` would answer: content that is damaged counts as missing.
 * Content that no version names is harmless: a run that ends between `put` and its transaction leaves some behind.
 */
export abstract class ConfigStore {
  abstract put(bytes: Uint8Array, signal: AbortSignal): Promise<Result<ContentHash, StorageFailure>>;
  abstract get(hash: ContentHash, signal: AbortSignal): Promise<Uint8Array>;
  abstract has(hash: ContentHash, signal: AbortSignal): Promise<boolean>;
}
