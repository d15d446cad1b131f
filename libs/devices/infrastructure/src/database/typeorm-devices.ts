import type { Devices, DeviceUpdateRefused } from '#devices/application';
import type { Device, DeviceId, DeviceNameTaken, TagRenaming } from '#devices/domain';
import { err, ok, type Result } from '#kernel';
import { isConflict, isUniqueViolation } from '#platform/database';
import { Any, type EntityManager } from 'typeorm';
import { deviceOf, DeviceRow, rowOf, UNIQUE_NAME } from './device.row.ts';

/** In one order for all, so that two who rename tags wait for each other one way only. */
const LOCK_TAGGED = 'SELECT id FROM devices WHERE tags @> ARRAY[$1] ORDER BY id FOR UPDATE';
const RENAME_TAG = `
  UPDATE devices
  SET tags = ARRAY(SELECT DISTINCT tag FROM unnest(array_replace(tags, $2, $3)) AS tag ORDER BY tag),
    version = version + 1,
    changed_at = $4
  WHERE id = ANY($1)
`;

export class TypeOrmDevices implements Devices {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  async find(id: DeviceId): Promise<Device | null> {
    const row = await this.#manager.findOneBy(DeviceRow, { id });
    return row === null ? null : deviceOf(row);
  }

  async named(names: readonly string[]): Promise<readonly Device[]> {
    const rows = await this.#manager.findBy(DeviceRow, { name: Any([...names]) });
    return rows.map(deviceOf);
  }

  async lock(id: DeviceId): Promise<Device | null> {
    const row = await this.#manager.findOne(DeviceRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
    return row === null ? null : deviceOf(row);
  }

  insert(device: Device): Promise<Result<void, DeviceNameTaken>> {
    const row = rowOf(device);
    return refusingTakenName(row.name, async () => {
      await this.#manager.insert(DeviceRow, row);
      return ok();
    });
  }

  update(device: Device): Promise<Result<void, DeviceUpdateRefused>> {
    const { id, ...columns } = rowOf(device);
    const basedOn = columns.version - 1;
    return refusingTakenName(columns.name, async () => {
      const { affected } = await this.#manager.update(DeviceRow, { id, version: basedOn }, columns);
      return affected === 1 ? ok() : err({ kind: 'StaleDevice', deviceId: id, version: basedOn });
    });
  }

  async remove(id: DeviceId): Promise<boolean> {
    const { affected } = await this.#manager.delete(DeviceRow, { id });
    return affected === 1;
  }

  async renameTag({ from, to }: TagRenaming, now: Date): Promise<number> {
    const tagged = await this.#manager.query<{ readonly id: DeviceId }[]>(LOCK_TAGGED, [from.text]);
    const ids = tagged.map(({ id }) => id);
    if (from.text !== to.text) await this.#manager.query(RENAME_TAG, [ids, from.text, to.text, now]);
    return ids.length;
  }
}

async function refusingTakenName<E>(
  name: string,
  write: () => Promise<Result<void, E>>,
): Promise<Result<void, E | DeviceNameTaken>> {
  try {
    return await write();
  } catch (error) {
    // Two that want each other's names wait for each other, until the database picks the one that does not get it.
    if (isUniqueViolation(error, UNIQUE_NAME) || isConflict(error)) return err({ kind: 'DeviceNameTaken', name });
    throw error;
  }
}
