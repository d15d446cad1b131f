import type { BackupStatusesWanted, BackupStatusReader } from '#backups/application';
import type { BackupState, BackupStatusSnapshot } from '#backups/domain';
import type { DeviceId } from '#devices/contracts';
import { readWith } from '#platform/database';
import { In, type DataSource } from 'typeorm';
import { BackupStatusRow, snapshotOf } from './backup-status.row.ts';

/** As `stateOf` of the domain says it. */
const STATE = `CASE
  WHEN consecutive_failures > 0 THEN 'failing'
  WHEN last_success_at IS NULL THEN 'never'
  WHEN last_success_at > :freshSince THEN 'current'
  ELSE 'stale' END`;

export class TypeOrmBackupStatusReader implements BackupStatusReader {
  readonly #source: DataSource;

  constructor(source: DataSource) {
    this.#source = source;
  }

  async of(deviceIds: readonly DeviceId[], signal: AbortSignal): Promise<readonly BackupStatusSnapshot[]> {
    const where = { deviceId: In(deviceIds) };
    const rows = await readWith(this.#source, signal, (manager) => manager.findBy(BackupStatusRow, where));
    return rows.map(snapshotOf);
  }

  async page(wanted: BackupStatusesWanted, signal: AbortSignal): Promise<readonly BackupStatusSnapshot[]> {
    const { state, freshSince, after, limit } = wanted;
    const rows = await readWith(this.#source, signal, (manager) => {
      const query = manager.createQueryBuilder(BackupStatusRow, 'status').orderBy('status.deviceId').take(limit);
      if (after !== null) query.andWhere('status.deviceId > :after', { after });
      if (state !== null) query.andWhere(`${STATE} = :state`, { state, freshSince });
      return query.getMany();
    });
    return rows.map(snapshotOf);
  }

  async counts(freshSince: Date, signal: AbortSignal): Promise<Readonly<Record<BackupState, number>>> {
    const rows = await readWith(this.#source, signal, (manager) =>
      manager
        .createQueryBuilder(BackupStatusRow, 'status')
        .select(STATE, 'state')
        .addSelect('count(*)::int', 'count')
        .setParameters({ freshSince })
        .groupBy('1')
        .getRawMany<{ state: BackupState; count: number }>(),
    );
    return {
      never: 0,
      current: 0,
      stale: 0,
      failing: 0,
      ...Object.fromEntries(rows.map(({ state, count }) => [state, count])),
    };
  }
}
