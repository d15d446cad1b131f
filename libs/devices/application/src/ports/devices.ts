import type { Result } from '#kernel';
import type { Device, DeviceId, DeviceNameTaken, StaleDevice } from '#devices/domain';

export type DeviceUpdateRefused = DeviceNameTaken | StaleDevice;

/**
 * The registered devices, as a store inside a transaction.
 *
 * A name belongs to one device at a time. When several transactions want it at once, the first to ask decides: the
 * others wait for its end and are then refused, or get the name if it was given up.
 *
 * `update` stores the change that made this version of the device. It refuses with `StaleDevice` unless the stored
 * version is the one before, so of several transactions that changed the same version one wins. `remove` tells
 * whether there was such a device. After a refusal the transaction can do no more than end.
 */
export abstract class Devices {
  abstract find(id: DeviceId): Promise<Device | null>;
  abstract insert(device: Device): Promise<Result<void, DeviceNameTaken>>;
  abstract update(device: Device): Promise<Result<void, DeviceUpdateRefused>>;
  abstract remove(id: DeviceId): Promise<boolean>;
}
