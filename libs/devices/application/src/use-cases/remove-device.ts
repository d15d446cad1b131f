import type { DeviceId, DeviceNotFound } from '#devices/domain';
import { err, ok, type Result } from '#kernel';
import type { DevicesTransaction } from '../ports/devices-transaction.ts';

export type RemoveDeviceCommand = { readonly id: DeviceId };
export type RemoveDeviceError = DeviceNotFound;

/** The device goes, and its credentials with it. */
export class RemoveDevice {
  readonly #transaction: DevicesTransaction;

  constructor(transaction: DevicesTransaction) {
    this.#transaction = transaction;
  }

  execute({ id }: RemoveDeviceCommand, { signal }: { signal: AbortSignal }): Promise<Result<void, RemoveDeviceError>> {
    return this.#transaction.run(async ({ devices }) => {
      const removed = await devices.remove(id);
      return removed ? ok() : err({ kind: 'DeviceNotFound', deviceId: id });
    }, signal);
  }
}
