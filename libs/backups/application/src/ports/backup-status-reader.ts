import type { BackupState, BackupStatusSnapshot } from '#backups/domain';
import type { DeviceId } from '#devices/contracts';

export type BackupStatusesWanted = {
  /** Null for those of every state. */
  readonly state: BackupState | null;
  /** The earliest success that still counts as current. */
  readonly freshSince: Date;
  /** Only devices whose id comes after this one; null begins at the first. */
  readonly after: DeviceId | null;
  readonly limit: number;
};

/**
 * Committed statuses, outside of any transaction. `of` answers those of the devices that were ever heard of, in any order. `page`
 * answers in the order of the devices' ids. `counts` names every state. All reject with the signal's reason on abort.
 */
export abstract class BackupStatusReader {
  abstract of(deviceIds: readonly DeviceId[], signal: AbortSignal): Promise<readonly BackupStatusSnapshot[]>;
  abstract page(wanted: BackupStatusesWanted, signal: AbortSignal): Promise<readonly BackupStatusSnapshot[]>;
  abstract counts(freshSince: Date, signal: AbortSignal): Promise<Readonly<Record<BackupState, number>>>;
}
