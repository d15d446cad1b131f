import type { DeviceId, DeviceNotFound } from '#devices/domain';
import { ok, type Clock, type Result } from '#kernel';
import { lockedChange } from '../locked-change.ts';
import type { DeviceView } from '../ports/device-reader.ts';
import type { DevicesTransaction } from '../ports/devices-transaction.ts';

export type SetDeviceEnabledCommand = { readonly id: DeviceId; readonly enabled: boolean };
export type SetDeviceEnabledError = DeviceNotFound;

/** Takes a device out of service, or back into it, whatever else changes about it. */
export class SetDeviceEnabled {
  readonly #transaction: DevicesTransaction;
  readonly #clock: Clock;

  constructor(transaction: DevicesTransaction, clock: Clock) {
    this.#transaction = transaction;
    this.#clock = clock;
  }

  execute(
    { id, enabled }: SetDeviceEnabledCommand,
    { signal }: { signal: AbortSignal },
  ): Promise<Result<DeviceView, SetDeviceEnabledError>> {
    const change = lockedChange<never>(id, (device) => {
      if (enabled) device.enable(this.#clock.now());
      else device.disable(this.#clock.now());
      return ok();
    });
    return this.#transaction.run(change, signal);
  }
}
