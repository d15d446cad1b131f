import type { VersionId, VersionSnapshot } from '#backups/domain';
import { err, ok, type Result } from '#kernel';
import { ConfigDamaged, ConfigMissing, type ConfigStore } from '../ports/config-store.ts';

/** The store no longer has the bytes that it was given. */
export type ContentLost = {
  readonly kind: 'ContentLost';
  readonly versionId: VersionId;
  readonly damage: 'missing' | 'damaged';
};

/** The bytes of a version: those that were stored, or none. */
export async function contentOf(
  store: ConfigStore,
  { id, contentHash }: VersionSnapshot,
  signal: AbortSignal,
): Promise<Result<Uint8Array, ContentLost>> {
  try {
    return ok(await store.get(contentHash, signal));
  } catch (error) {
    if (error instanceof ConfigMissing) return err({ kind: 'ContentLost', versionId: id, damage: 'missing' });
    if (error instanceof ConfigDamaged) return err({ kind: 'ContentLost', versionId: id, damage: 'damaged' });
    throw error;
  }
}
