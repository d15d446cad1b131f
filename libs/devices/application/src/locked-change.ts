import type { Device, DeviceId, DeviceNotFound } from '#devices/domain';
import { err, ok, type Result } from '#kernel';
import { viewOf } from './device-view.ts';
import type { DeviceView } from './ports/device-reader.ts';
import type { DevicesStores } from './ports/devices-transaction.ts';

/** A change of one device whose name stays. Nobody comes in between, so it is refused by the device itself or not at all. */
export function lockedChange<E>(id: DeviceId, change: (device: Device) => Result<void, E>) {
  return async ({ devices }: DevicesStores): Promise<Result<DeviceView, E | DeviceNotFound>> => {
    const device = await devices.lock(id);
    if (device === null) return err({ kind: 'DeviceNotFound', deviceId: id });

    const { version } = device.snapshot();
    const changed = change(device);
    if (!changed.ok) return changed;

    if (device.snapshot().version !== version) {
      const updated = await devices.update(device);
      if (!updated.ok) throw new Error(`A locked device was refused: ${updated.error.kind}.`);
    }
    return ok(viewOf(device.snapshot()));
  };
}
