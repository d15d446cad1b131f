import { stateOf, type BackupState, type BackupStatusSnapshot } from '#backups/domain';
import type { DeviceId } from '#devices/contracts';
import type { BackupStatusesWanted, BackupStatusReader } from '../ports/backup-status-reader.ts';

/** The committed statuses in memory, and what reads them. */
export class InMemoryBackupStatusReader implements BackupStatusReader {
  readonly #committed = new Map<DeviceId, BackupStatusSnapshot>();

  /** Makes changes visible all at once, as the end of a transaction does; null removes. */
  commit(changed: ReadonlyMap<DeviceId, BackupStatusSnapshot | null>): void {
    for (const [deviceId, status] of changed) {
      if (status === null) this.#committed.delete(deviceId);
      else this.#committed.set(deviceId, status);
    }
  }

  async of(deviceIds: readonly DeviceId[], signal: AbortSignal): Promise<readonly BackupStatusSnapshot[]> {
    signal.throwIfAborted();
    return deviceIds.flatMap((deviceId) => this.#committed.get(deviceId) ?? []);
  }

  async page(wanted: BackupStatusesWanted, signal: AbortSignal): Promise<readonly BackupStatusSnapshot[]> {
    signal.throwIfAborted();
    const { state, freshSince, after, limit } = wanted;
    return [...this.#committed.values()]
      .filter((status) => state === null || stateOf(status, freshSince) === state)
      .filter(({ deviceId }) => after === null || deviceId > after)
      .toSorted((one, other) => (one.deviceId < other.deviceId ? -1 : 1))
      .slice(0, limit);
  }

  async counts(freshSince: Date, signal: AbortSignal): Promise<Readonly<Record<BackupState, number>>> {
    signal.throwIfAborted();
    const counts = { never: 0, current: 0, stale: 0, failing: 0 };
    for (const status of this.#committed.values()) counts[stateOf(status, freshSince)] += 1;
    return counts;
  }
}
