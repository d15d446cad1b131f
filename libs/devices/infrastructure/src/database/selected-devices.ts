import type { DeviceSelection } from '#devices/contracts';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { DeviceRow } from './device.row.ts';

/**
 * A query for the devices of a selection, as `device`. It reads the columns that it is told; credentials that are not read
 * cannot be passed on. A list is one array as one parameter: as a list of values it would be another statement for each
 * length, and has a limit.
 */
export function selectedDevices<Column extends keyof DeviceRow>(
  manager: EntityManager,
  { ids, models, tags = {}, text, enabled }: DeviceSelection,
  columns: readonly Column[],
): SelectQueryBuilder<DeviceRow> {
  const lowered = (list: readonly string[] = []): string[] => list.map((tag) => tag.toLowerCase());
  const query = manager
    .createQueryBuilder(DeviceRow, 'device')
    .select(columns.map((column) => `device.${column}`))
    .where('true');

  if (ids !== undefined) query.andWhere('device.id = ANY(:ids)', { ids: [...ids] });
  if (models !== undefined) query.andWhere('device.model = ANY(:models)', { models: [...models] });
  if (tags.any !== undefined) query.andWhere('device.tags && :anyTags', { anyTags: lowered(tags.any) });
  if (tags.all !== undefined) query.andWhere('device.tags @> :allTags', { allTags: lowered(tags.all) });
  if (tags.none !== undefined) query.andWhere('NOT device.tags && :noTags', { noTags: lowered(tags.none) });
  if (enabled !== undefined) query.andWhere('device.enabled = :enabled', { enabled });
  if (text !== undefined)
    query.andWhere('(strpos(device.name, :text) > 0 OR strpos(device.address, :text) > 0)', {
      text: text.toLowerCase(),
    });
  return query;
}
