import type { VersionReader, VersionsWanted } from '#backups/application';
import type { VersionId, VersionSnapshot } from '#backups/domain';
import { readWith } from '#platform/database';
import { LessThan, type DataSource } from 'typeorm';
import { VersionRow } from './version.row.ts';

export class TypeOrmVersionReader implements VersionReader {
  readonly #source: DataSource;

  constructor(source: DataSource) {
    this.#source = source;
  }

  find(id: VersionId, signal: AbortSignal): Promise<VersionSnapshot | null> {
    return readWith(this.#source, signal, (manager) => manager.findOneBy(VersionRow, { id }));
  }

  page({ deviceId, before, limit }: VersionsWanted, signal: AbortSignal): Promise<readonly VersionSnapshot[]> {
    const where = before === null ? { deviceId } : { deviceId, sequence: LessThan(before) };
    return readWith(this.#source, signal, (manager) =>
      manager.find(VersionRow, { where, order: { sequence: 'DESC' }, take: limit }),
    );
  }
}
