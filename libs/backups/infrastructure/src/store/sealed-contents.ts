import type { Examination, Hashing, StoredContent, StoredContents } from '#backups/application';
import { prefixOf, type ContentHash } from '#backups/domain';
import type { BlobStore } from './blob-store.ts';
import { hashIn, isSealed, keyIdIn, SEAL_BYTES, type ContentSeal } from './content-seal.ts';
import { readContent } from './read-content.ts';

type Wanted = { readonly hash: ContentHash; readonly bytes: number };

/** What lies in the blobs of a `SealedConfigStore`. */
export class SealedContents implements StoredContents {
  readonly #blobs: BlobStore;
  readonly #seal: ContentSeal;
  readonly #hashing: Hashing;

  constructor(blobs: BlobStore, { seal, hashing }: { readonly seal: ContentSeal; readonly hashing: Hashing }) {
    this.#blobs = blobs;
    this.#seal = seal;
    this.#hashing = hashing;
  }

  async list(shard: number, signal: AbortSignal): Promise<readonly StoredContent[]> {
    const blobs = await this.#blobs.list(prefixOf(shard), signal);
    return blobs.map(({ name, size, storedAt }) => ({ hash: name as ContentHash, storedBytes: size, storedAt }));
  }

  async examine({ hash, bytes }: Wanted, signal: AbortSignal): Promise<Examination> {
    const kept = await this.#blobs.get(hash, signal);
    if (kept === null) return { kind: 'missing' };
    if (this.#reads(hash, kept)) return { kind: 'sound' };
    return isSealed(kept)
      ? this.#damageOfSealed({ hash, bytes }, kept)
      : { kind: kept.length < bytes ? 'truncated' : 'altered' };
  }

  remove(hash: ContentHash, signal: AbortSignal): Promise<void> {
    return this.#blobs.remove(hash, signal);
  }

  #damageOfSealed({ hash, bytes }: Wanted, sealed: Uint8Array): Examination {
    const by = hashIn(sealed);
    if (by !== hash && this.#reads(by, sealed)) return { kind: 'replaced', by };
    if (sealed.length < bytes + SEAL_BYTES) return { kind: 'truncated' };
    return { kind: keyIdIn(sealed) === this.#seal.keyId ? 'altered' : 'sealed-by-other-key' };
  }

  #reads(hash: ContentHash, kept: Uint8Array): boolean {
    return readContent(kept, { hash, seal: this.#seal, hashing: this.#hashing }) !== null;
  }
}
