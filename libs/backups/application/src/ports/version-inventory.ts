import type { ContentHash } from '#backups/domain';
import type { DeviceId } from '#devices/contracts';
import type { Condemnation, FenceMark } from './content-fence.ts';

/** A content that versions name: how long it is, and in how many versions. */
export type NamedContent = { readonly hash: ContentHash; readonly bytes: number; readonly versions: number };

export type ContentsWanted = {
  readonly shard: number;
  /** Only contents behind this one; null begins with the first. */
  readonly after: ContentHash | null;
  readonly limit: number;
};

export type DevicesWanted = { readonly after: DeviceId | null; readonly limit: number };

/**
 * What the committed versions of all devices name, outside of any transaction.
 *
 * `contents` answers a page of one shard, in the order of the hashes, each once. `named` is for some of them: those that no
 * version names are left out. `devices` answers those that have versions, registered or not, in the order of their ids.
 * `condemned` answers the contents that somebody has begun to remove, `fenceMark` how often that was begun or ended for one.
 */
export abstract class VersionInventory {
  abstract contents(wanted: ContentsWanted, signal: AbortSignal): Promise<readonly NamedContent[]>;
  abstract named(hashes: readonly ContentHash[], signal: AbortSignal): Promise<readonly NamedContent[]>;
  abstract devices(wanted: DevicesWanted, signal: AbortSignal): Promise<readonly DeviceId[]>;
  abstract fenceMark(hash: ContentHash, signal: AbortSignal): Promise<FenceMark>;
  abstract condemned(signal: AbortSignal): Promise<readonly Condemnation[]>;
}
