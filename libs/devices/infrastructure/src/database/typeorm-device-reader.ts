import type { DevicePageRequest, DeviceReader, DeviceView } from '#devices/application';
import type { DeviceId } from '#devices/domain';
import { readWith } from '#platform/database';
import { MoreThan, type DataSource } from 'typeorm';
import { DeviceRow, withHostKey } from './device.row.ts';

/** Every column but those of the credentials: what is not read cannot be shown. */
const VISIBLE = {
  id: true,
  name: true,
  address: true,
  port: true,
  model: true,
  hostKeyAlgorithm: true,
  hostKeyFingerprint: true,
  enabled: true,
  tags: true,
  version: true,
  createdAt: true,
  changedAt: true,
} as const;

export class TypeOrmDeviceReader implements DeviceReader {
  readonly #source: DataSource;

  constructor(source: DataSource) {
    this.#source = source;
  }

  async find(id: DeviceId, signal: AbortSignal): Promise<DeviceView | null> {
    const row = await readWith(this.#source, signal, (manager) =>
      manager.findOne(DeviceRow, { select: VISIBLE, where: { id } }),
    );
    return row === null ? null : withHostKey(row);
  }

  async page({ after, limit }: DevicePageRequest, signal: AbortSignal): Promise<readonly DeviceView[]> {
    const where = after === null ? {} : { name: MoreThan(after) };
    const rows = await readWith(this.#source, signal, (manager) =>
      manager.find(DeviceRow, { select: VISIBLE, where, order: { name: 'ASC' }, take: limit }),
    );
    return rows.map(withHostKey);
  }
}
