import type { ContentHash } from '#backups/domain';

/** Names bytes by what they are: the same bytes always, in any process, and no others. Computed at once; it never fails. */
export abstract class Hashing {
  abstract of(bytes: Uint8Array): ContentHash;
}
