import type { VersionId, VersionSnapshot } from '#backups/domain';
import type { DeviceId } from '#devices/contracts';

export type VersionsWanted = {
  readonly deviceId: DeviceId;
  /** Only versions older than this sequence number; null begins with the newest. */
  readonly before: number | null;
  readonly limit: number;
};

/**
 * Committed versions, outside of any transaction.
 *
 * `page` answers newest first and costs the same at any depth of any history; a device without versions has an empty page.
 */
export abstract class VersionReader {
  abstract find(id: VersionId, signal: AbortSignal): Promise<VersionSnapshot | null>;
  abstract page(wanted: VersionsWanted, signal: AbortSignal): Promise<readonly VersionSnapshot[]>;
}
