import type { ContentHash, StorageFailure } from '#backups/domain';
import { ok, type Result } from '#kernel';
import { ConfigDamaged, ConfigMissing, type ConfigStore } from '../ports/config-store.ts';
import type { Hashing } from '../ports/hashing.ts';

export class InMemoryConfigStore implements ConfigStore {
  readonly #hashing: Hashing;
  readonly #contents = new Map<ContentHash, Uint8Array>();

  constructor(hashing: Hashing) {
    this.#hashing = hashing;
  }

  get size(): number {
    return this.#contents.size;
  }

  /** Replaces or, by null, removes content behind the store's back. */
  damage(hash: ContentHash, bytes: Uint8Array | null): void {
    if (bytes === null) this.#contents.delete(hash);
    else this.#contents.set(hash, bytes);
  }

  async put(bytes: Uint8Array, signal: AbortSignal): Promise<Result<ContentHash, StorageFailure>> {
    signal.throwIfAborted();
    const hash = this.#hashing.of(bytes);
    this.#contents.set(hash, bytes.slice());
    return ok(hash);
  }

  async get(hash: ContentHash, signal: AbortSignal): Promise<Uint8Array> {
    signal.throwIfAborted();
    const bytes = this.#contents.get(hash);
    if (bytes === undefined) throw new ConfigMissing(hash);
    if (this.#hashing.of(bytes) !== hash) throw new ConfigDamaged(hash);
    return bytes.slice();
  }

  async has(hash: ContentHash, signal: AbortSignal): Promise<boolean> {
    signal.throwIfAborted();
    const bytes = this.#contents.get(hash);
    return bytes !== undefined && this.#hashing.of(bytes) === hash;
  }
}
