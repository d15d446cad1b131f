import type { Result } from '#kernel';
import type { Device, DeviceId, DeviceNameTaken, StaleDevice, TagRenaming } from '#devices/domain';

export type DeviceUpdateRefused = DeviceNameTaken | StaleDevice;

/**
 * The registered devices, as a store inside a transaction.
 *
 * A name belongs to one device at a time. When several transactions want it at once, the first to ask decides: the
 * others wait for its end and are then refused, or get the name if it was given up.
 *
 * `named` finds those of the names that devices have, each once and in any order, in one question.
 *
 * `lock` finds a device, and nobody else changes or removes it until the transaction ends: those who want to wait. What it
 * finds is the latest version, so that a change which is not based on an earlier one is never stale.
 *
 * `update` stores the change that made this version of the device. It refuses with `StaleDevice` unless the stored
 * version is the one before, so of several transactions that changed the same version one wins. `remove` tells
 * whether there was such a device. After a refusal the transaction can do no more than end.
 *
 * `renameTag` renames a tag of every device that has it, as each device would by itself, and tells how many there were. It
 * waits for those who are changing one of them; a device that gets the tag meanwhile may keep it.
 */
export abstract class Devices {
  abstract find(id: DeviceId): Promise<Device | null>;
  abstract named(names: readonly string[]): Promise<readonly Device[]>;
  abstract lock(id: DeviceId): Promise<Device | null>;
  abstract insert(device: Device): Promise<Result<void, DeviceNameTaken>>;
  abstract update(device: Device): Promise<Result<void, DeviceUpdateRefused>>;
  abstract remove(id: DeviceId): Promise<boolean>;
  abstract renameTag(renaming: TagRenaming, now: Date): Promise<number>;
}
