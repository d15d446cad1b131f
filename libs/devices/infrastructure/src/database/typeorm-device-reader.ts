import type { DevicePageRequest, DeviceReader, DeviceView, TagCount, TagPageRequest } from '#devices/application';
import type { DeviceId } from '#devices/domain';
import { readWith } from '#platform/database';
import type { DataSource } from 'typeorm';
import { withHostKey } from './device.row.ts';
import { selectedDevices } from './selected-devices.ts';

/** Every column but those of the credentials: what is not read cannot be shown. */
const VISIBLE = [
  'id',
  'name',
  'address',
  'port',
  'model',
  'hostKeyAlgorithm',
  'hostKeyFingerprint',
  'enabled',
  'tags',
  'version',
  'createdAt',
  'changedAt',
] as const;

const TAGS = `
  SELECT tag, count(*)::integer AS devices
  FROM devices, unnest(tags) AS tag
  WHERE $1::text IS NULL OR tag > $1
  GROUP BY tag
  ORDER BY tag
  LIMIT $2
`;

export class TypeOrmDeviceReader implements DeviceReader {
  readonly #source: DataSource;

  constructor(source: DataSource) {
    this.#source = source;
  }

  async find(id: DeviceId, signal: AbortSignal): Promise<DeviceView | null> {
    const [row] = await readWith(this.#source, signal, (manager) =>
      selectedDevices(manager, { ids: [id] }, VISIBLE).getMany(),
    );
    return row === undefined ? null : withHostKey(row);
  }

  async page(
    { selection, sort: { field, descending }, after, limit }: DevicePageRequest,
    signal: AbortSignal,
  ): Promise<readonly DeviceView[]> {
    const rows = await readWith(this.#source, signal, (manager) => {
      const query = selectedDevices(manager, selection, VISIBLE);
      const [further, order] = descending ? (['<', 'DESC'] as const) : (['>', 'ASC'] as const);
      if (after !== null) query.andWhere(`(device.${field}, device.id) ${further} (:value, :id)`, after);
      return query.orderBy(`device.${field}`, order).addOrderBy('device.id', order).limit(limit).getMany();
    });
    return rows.map(withHostKey);
  }

  tags({ after, limit }: TagPageRequest, signal: AbortSignal): Promise<readonly TagCount[]> {
    return readWith(this.#source, signal, (manager) => manager.query<TagCount[]>(TAGS, [after, limit]));
  }
}
