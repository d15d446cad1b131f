import { HostKey, type DeviceId, type DeviceNotFound, type HostKeyText, type InvalidHostKey } from '#devices/domain';
import { err, ok, type Clock, type Result } from '#kernel';
import { viewOf } from '../device-view.ts';
import type { DeviceView } from '../ports/device-reader.ts';
import type { DeviceUpdateRefused } from '../ports/devices.ts';
import type { DevicesTransaction } from '../ports/devices-transaction.ts';

/** Give `basedOn`, the version of the device whose key was verified, lest the key is pinned to one that has moved since. */
export type PinHostKeyCommand = {
  readonly id: DeviceId;
  readonly hostKey: HostKeyText;
  readonly basedOn?: number;
};
export type PinHostKeyError = DeviceNotFound | InvalidHostKey | DeviceUpdateRefused;

/** Takes the word of a person who has compared the key, and looks at no device: what answers now may be an impostor. */
export class PinHostKey {
  readonly #transaction: DevicesTransaction;
  readonly #clock: Clock;

  constructor(transaction: DevicesTransaction, clock: Clock) {
    this.#transaction = transaction;
    this.#clock = clock;
  }

  async execute(
    { id, hostKey, ...pin }: PinHostKeyCommand,
    { signal }: { signal: AbortSignal },
  ): Promise<Result<DeviceView, PinHostKeyError>> {
    const key = HostKey.parse(hostKey);
    if (!key.ok) return key;

    return this.#transaction.run(async ({ devices }): Promise<Result<DeviceView, PinHostKeyError>> => {
      const device = await devices.find(id);
      if (device === null) return err({ kind: 'DeviceNotFound', deviceId: id });

      const pinned = device.pinHostKey({ hostKey: key.value, ...pin }, this.#clock.now());
      if (!pinned.ok) return pinned;

      const updated = await devices.update(device);
      return updated.ok ? ok(viewOf(device.snapshot())) : updated;
    }, signal);
  }
}
