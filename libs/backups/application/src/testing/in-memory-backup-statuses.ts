import { BackupStatus, type BackupStatusSnapshot } from '#backups/domain';
import type { DeviceId } from '#devices/contracts';
import type { InMemoryTransaction } from '#kernel/testing';
import type { BackupStatuses } from '../ports/backup-statuses.ts';
import type { InMemoryBackupStatusReader } from './in-memory-backup-status-reader.ts';
import type { KeyedLocks } from './keyed-locks.ts';

/** The statuses as one transaction sees them: what is committed, and what it has saved itself. */
export class InMemoryBackupStatuses implements BackupStatuses {
  readonly #committed: InMemoryBackupStatusReader;
  readonly #locks: KeyedLocks;
  readonly #transaction: InMemoryTransaction;
  readonly #held = new Set<DeviceId>();
  readonly #saved = new Map<DeviceId, BackupStatusSnapshot | null>();

  constructor(committed: InMemoryBackupStatusReader, locks: KeyedLocks, transaction: InMemoryTransaction) {
    this.#committed = committed;
    this.#locks = locks;
    this.#transaction = transaction;
    transaction.onEnd((outcome) => {
      if (outcome === 'kept') committed.commit(this.#saved);
    });
  }

  async of(deviceIds: readonly DeviceId[], now: Date): Promise<readonly BackupStatus[]> {
    const statuses: BackupStatus[] = [];
    for (const deviceId of deviceIds.toSorted()) {
      await this.#lock(deviceId);
      const own = this.#saved.get(deviceId);
      const known =
        own === undefined ? ((await this.#committed.of([deviceId], this.#transaction.signal))[0] ?? null) : own;
      const status = known === null ? BackupStatus.first(deviceId, now) : BackupStatus.restore(known);
      if (known === null) this.#saved.set(deviceId, status.snapshot());
      statuses.push(status);
    }
    return statuses;
  }

  async save(statuses: readonly BackupStatus[]): Promise<void> {
    this.#transaction.throwIfOver();
    for (const status of statuses) this.#saved.set(status.snapshot().deviceId, status.snapshot());
  }

  async forget(deviceIds: readonly DeviceId[]): Promise<void> {
    for (const deviceId of deviceIds.toSorted()) {
      await this.#lock(deviceId);
      this.#saved.set(deviceId, null);
    }
  }

  async #lock(deviceId: DeviceId): Promise<void> {
    this.#transaction.throwIfOver();
    if (this.#held.has(deviceId)) return;
    this.#transaction.onEnd(await this.#locks.acquire(`status of ${deviceId}`, this.#transaction.signal));
    this.#held.add(deviceId);
  }
}
