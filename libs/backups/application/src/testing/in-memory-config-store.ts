import { shardOf, type ContentHash, type StorageFailure } from '#backups/domain';
import { ok, type Result } from '#kernel';
import { ConfigDamaged, ConfigMissing, type ConfigStore } from '../ports/config-store.ts';
import type { Hashing } from '../ports/hashing.ts';
import type { Examination, StoredContent, StoredContents } from '../ports/stored-contents.ts';

type Kept = { readonly bytes: Uint8Array; readonly storedAt: Date };

export class InMemoryConfigStore implements ConfigStore, StoredContents {
  readonly #hashing: Hashing;
  readonly #now: () => Date;
  readonly #contents = new Map<ContentHash, Kept>();

  constructor(hashing: Hashing, now: () => Date = () => new Date('2026-01-01T00:00:00.000Z')) {
    this.#hashing = hashing;
    this.#now = now;
  }

  get size(): number {
    return this.#contents.size;
  }

  /** Replaces or, by null, removes content behind the store's back. */
  damage(hash: ContentHash, bytes: Uint8Array | null): void {
    if (bytes === null) this.#contents.delete(hash);
    else this.#contents.set(hash, { bytes, storedAt: this.#now() });
  }

  /** Puts what is kept for one content in the place of another, behind the store's back. */
  misplace(from: ContentHash, to: ContentHash): void {
    this.#contents.set(to, this.#contents.get(from)!);
  }

  async put(bytes: Uint8Array, signal: AbortSignal): Promise<Result<ContentHash, StorageFailure>> {
    signal.throwIfAborted();
    const hash = this.#hashing.of(bytes);
    this.#contents.set(hash, { bytes: bytes.slice(), storedAt: this.#now() });
    return ok(hash);
  }

  async get(hash: ContentHash, signal: AbortSignal): Promise<Uint8Array> {
    signal.throwIfAborted();
    const kept = this.#contents.get(hash);
    if (kept === undefined) throw new ConfigMissing(hash);
    if (this.#hashing.of(kept.bytes) !== hash) throw new ConfigDamaged(hash);
    return kept.bytes.slice();
  }

  async has(hash: ContentHash, signal: AbortSignal): Promise<boolean> {
    signal.throwIfAborted();
    const kept = this.#contents.get(hash);
    return kept !== undefined && this.#hashing.of(kept.bytes) === hash;
  }

  async list(shard: number, signal: AbortSignal): Promise<readonly StoredContent[]> {
    signal.throwIfAborted();
    return [...this.#contents]
      .filter(([hash]) => shardOf(hash) === shard)
      .map(([hash, { bytes, storedAt }]) => ({ hash, storedBytes: bytes.length, storedAt }));
  }

  async examine(
    { hash, bytes }: { readonly hash: ContentHash; readonly bytes: number },
    signal: AbortSignal,
  ): Promise<Examination> {
    signal.throwIfAborted();
    const kept = this.#contents.get(hash);
    if (kept === undefined) return { kind: 'missing' };
    const by = this.#hashing.of(kept.bytes);
    if (by === hash) return { kind: 'sound' };
    if (this.#contents.has(by)) return { kind: 'replaced', by };
    return { kind: kept.bytes.length < bytes ? 'truncated' : 'altered' };
  }

  async remove(hash: ContentHash, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.#contents.delete(hash);
  }
}
