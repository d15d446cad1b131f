import type { ContentHash } from '#backups/domain';

/** A content as it lies in the store. `storedBytes` is at least the length of its plain bytes; `storedAt` is of the store's clock. */
export type StoredContent = { readonly hash: ContentHash; readonly storedBytes: number; readonly storedAt: Date };

/** What there is in place of a content. */
export type Examination =
  | { readonly kind: 'sound' | 'missing' | 'truncated' | 'altered' | 'sealed-by-other-key' }
  | { readonly kind: 'replaced'; readonly by: ContentHash };

/**
 * The contents of a `ConfigStore` as they lie there, for those who look after it.
 *
 * `list` tells those of one shard, in any order; what is stored meanwhile is told or not.
 * `examine` reads a content that has to have so many `bytes`, and says what is wrong with it.
 * `remove` takes it away; one that is not there is fine. It asks nobody whether the content is needed.
 * A store that cannot be reached makes all of them reject: that is no damage.
 */
export abstract class StoredContents {
  abstract list(shard: number, signal: AbortSignal): Promise<readonly StoredContent[]>;
  abstract examine(
    content: { readonly hash: ContentHash; readonly bytes: number },
    signal: AbortSignal,
  ): Promise<Examination>;
  abstract remove(hash: ContentHash, signal: AbortSignal): Promise<void>;
}
