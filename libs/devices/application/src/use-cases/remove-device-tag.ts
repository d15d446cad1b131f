import { Tag, type DeviceId, type DeviceNotFound, type InvalidTag } from '#devices/domain';
import { ok, type Clock, type Result } from '#kernel';
import { lockedChange } from '../locked-change.ts';
import type { DeviceView } from '../ports/device-reader.ts';
import type { DevicesTransaction } from '../ports/devices-transaction.ts';

export type RemoveDeviceTagCommand = { readonly id: DeviceId; readonly tag: string };
export type RemoveDeviceTagError = DeviceNotFound | InvalidTag;

export class RemoveDeviceTag {
  readonly #transaction: DevicesTransaction;
  readonly #clock: Clock;

  constructor(transaction: DevicesTransaction, clock: Clock) {
    this.#transaction = transaction;
    this.#clock = clock;
  }

  async execute(
    { id, tag: text }: RemoveDeviceTagCommand,
    { signal }: { signal: AbortSignal },
  ): Promise<Result<DeviceView, RemoveDeviceTagError>> {
    const tag = Tag.parse(text);
    if (!tag.ok) return tag;

    const change = lockedChange<never>(id, (device) => {
      device.removeTag(tag.value, this.#clock.now());
      return ok();
    });
    return this.#transaction.run(change, signal);
  }
}
