import type { Versions } from '#backups/application';
import { Version, type VersionId } from '#backups/domain';
import type { DeviceId } from '#devices/contracts';
import type { EntityManager } from 'typeorm';
import { VersionRow } from './version.row.ts';

export class TypeOrmVersions implements Versions {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  async latest(deviceId: DeviceId): Promise<Version | null> {
    // A device without versions has no row to lock. The lock is a statement of its own: one that waits for it and reads
    // as well would read what was committed before it began to wait.
    await this.#manager.query("SELECT pg_advisory_xact_lock(hashtextextended('config_versions/' || $1, 0))", [
      deviceId,
    ]);
    const row = await this.#manager.findOne(VersionRow, { where: { deviceId }, order: { sequence: 'DESC' } });
    return row === null ? null : Version.restore(row);
  }

  async add(version: Version): Promise<void> {
    await this.#manager.insert(VersionRow, version.snapshot());
  }

  async remove(deviceId: DeviceId, ids: readonly VersionId[]): Promise<number> {
    const [, removed] = await this.#manager.query<[unknown, number]>(
      `DELETE FROM config_versions WHERE device_id = $1 AND id = ANY($2::uuid[])
       AND sequence < (SELECT max(sequence) FROM config_versions WHERE device_id = $1)`,
      [deviceId, ids],
    );
    return removed;
  }
}
