import type { Devices, DeviceUpdateRefused } from '#devices/application';
import type { Device, DeviceId, DeviceNameTaken } from '#devices/domain';
import { err, ok, type Result } from '#kernel';
import { isConflict, isUniqueViolation } from '#platform/database';
import type { EntityManager } from 'typeorm';
import { deviceOf, DeviceRow, rowOf, UNIQUE_NAME } from './device.row.ts';

export class TypeOrmDevices implements Devices {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  async find(id: DeviceId): Promise<Device | null> {
    const row = await this.#manager.findOneBy(DeviceRow, { id });
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
