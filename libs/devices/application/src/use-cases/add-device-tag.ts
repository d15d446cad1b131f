import { Tag, type DeviceId, type DeviceNotFound, type InvalidTag, type TooManyTags } from '#devices/domain';
import type { Clock, Result } from '#kernel';
import { lockedChange } from '../locked-change.ts';
import type { DeviceView } from '../ports/device-reader.ts';
import type { DevicesTransaction } from '../ports/devices-transaction.ts';

export type AddDeviceTagCommand = { readonly id: DeviceId; readonly tag: string };
export type AddDeviceTagError = DeviceNotFound | InvalidTag | TooManyTags;

export class AddDeviceTag {
  readonly #transaction: DevicesTransaction;
  readonly #clock: Clock;

  constructor(transaction: DevicesTransaction, clock: Clock) {
    this.#transaction = transaction;
    this.#clock = clock;
  }

  async execute(
    { id, tag: text }: AddDeviceTagCommand,
    { signal }: { signal: AbortSignal },
  ): Promise<Result<DeviceView, AddDeviceTagError>> {
    const tag = Tag.parse(text);
    if (!tag.ok) return tag;

    const change = lockedChange(id, (device) => device.addTag(tag.value, this.#clock.now()));
    return this.#transaction.run(change, signal);
  }
}
