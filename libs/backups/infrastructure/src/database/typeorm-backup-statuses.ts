import type { BackupStatuses } from '#backups/application';
import { BackupStatus } from '#backups/domain';
import type { DeviceId } from '#devices/contracts';
import { In, type EntityManager } from 'typeorm';
import { BackupStatusRow, rowOf, snapshotOf } from './backup-status.row.ts';

export class TypeOrmBackupStatuses implements BackupStatuses {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  async of(deviceIds: readonly DeviceId[], now: Date): Promise<readonly BackupStatus[]> {
    if (deviceIds.length === 0) return [];
    // Rows are made and locked in the order of their ids by all transactions: so no two of them wait for each other.
    await this.#manager.query(
      `INSERT INTO backup_statuses (device_id, known_since)
       SELECT id, $2 FROM unnest($1::uuid[]) AS id ORDER BY id
       ON CONFLICT DO NOTHING`,
      [deviceIds, now],
    );
    const rows = await this.#manager.find(BackupStatusRow, {
      where: { deviceId: In(deviceIds) },
      order: { deviceId: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
    return rows.map((row) => BackupStatus.restore(snapshotOf(row)));
  }

  async save(statuses: readonly BackupStatus[]): Promise<void> {
    if (statuses.length === 0) return;
    const rows = statuses.map((status) => rowOf(status.snapshot()));
    await this.#manager.upsert(BackupStatusRow, rows, ['deviceId']);
  }

  async forget(deviceIds: readonly DeviceId[]): Promise<void> {
    if (deviceIds.length === 0) return;
    await this.#manager.query(
      `DELETE FROM backup_statuses WHERE device_id IN
       (SELECT device_id FROM backup_statuses WHERE device_id = ANY ($1) ORDER BY device_id FOR UPDATE)`,
      [deviceIds],
    );
  }
}
