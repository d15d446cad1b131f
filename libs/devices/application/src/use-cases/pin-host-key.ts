import {
  HostKey,
  type DeviceId,
  type DeviceNotFound,
  type HostKeyText,
  type InvalidHostKey,
  type StaleDevice,
} from '#devices/domain';
import type { Clock, Result } from '#kernel';
import { lockedChange } from '../locked-change.ts';
import type { DeviceView } from '../ports/device-reader.ts';
import type { DevicesTransaction } from '../ports/devices-transaction.ts';

/** Give `basedOn`, the version of the device whose key was verified, lest the key is pinned to one that has moved since. */
export type PinHostKeyCommand = {
  readonly id: DeviceId;
  readonly hostKey: HostKeyText;
  readonly basedOn?: number;
};
export type PinHostKeyError = DeviceNotFound | InvalidHostKey | StaleDevice;

/**
 * Takes the word of a person who has compared the key, and looks at no device: what answers now may be an impostor. Only a
 * pin that names its version can be stale.
 */
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

    const change = lockedChange(id, (device) => device.pinHostKey({ hostKey: key.value, ...pin }, this.#clock.now()));
    return this.#transaction.run(change, signal);
  }
}
