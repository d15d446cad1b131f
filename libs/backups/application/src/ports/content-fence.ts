import type { ContentHash } from '#backups/domain';
import type { Lease } from '#scheduling/contracts';

/** Who is about to remove a content, and since when. */
export type Condemnation = { readonly hash: ContentHash; readonly by: Lease; readonly at: Date };

/** How often somebody has begun or ended the removal of a content. */
export type FenceMark = number;

/**
 * Keeps who removes contents and who names them in versions apart, as a store inside a transaction of this context. A content
 * is removed outside of any transaction: one that condemns it comes before, and one that absolves it afterwards.
 *
 * Who stores a content and then names it takes the mark of the fence before (`VersionInventory.fenceMark`) and calls `reference`
 * before the version is added. True: nobody has been removing the content since, nor will before this transaction ends. False:
 * it may be gone.
 * `condemn` waits for transactions that reference the content. True: no version names it, and none will until it is absolved.
 * False: one does, or somebody else has condemned it.
 * `absolve` ends what this lease has condemned.
 */
export abstract class ContentFence {
  abstract reference(hash: ContentHash, since: FenceMark): Promise<boolean>;
  abstract condemn(condemnation: Condemnation): Promise<boolean>;
  abstract absolve(hash: ContentHash, by: Lease): Promise<void>;
}
