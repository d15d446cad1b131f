import type { DeviceCredentials, ModelCatalogue } from '#devices/contracts';
import {
  parseDeviceDetails,
  type DeviceDetailsText,
  type DeviceId,
  type DeviceNotFound,
  type InvalidDeviceDetails,
} from '#devices/domain';
import { err, ok, type Clock, type Result } from '#kernel';
import { viewOf } from '../device-view.ts';
import type { CredentialVault } from '../ports/credential-vault.ts';
import type { DeviceView } from '../ports/device-reader.ts';
import type { DeviceUpdateRefused } from '../ports/devices.ts';
import type { DevicesTransaction } from '../ports/devices-transaction.ts';

/** Changes what is given and leaves the rest. `basedOn` is the version that the person who changes it was looking at. */
export type ChangeDeviceCommand = {
  readonly id: DeviceId;
  readonly basedOn: number;
  readonly changes: Partial<DeviceDetailsText> & { readonly credentials?: DeviceCredentials };
};
export type ChangeDeviceError = DeviceNotFound | InvalidDeviceDetails | DeviceUpdateRefused;

/** A changed device is as valid as one that is registered today, in the parts that were not changed too. */
export class ChangeDevice {
  readonly #transaction: DevicesTransaction;
  readonly #vault: CredentialVault;
  readonly #models: ModelCatalogue;
  readonly #clock: Clock;

  constructor(transaction: DevicesTransaction, vault: CredentialVault, models: ModelCatalogue, clock: Clock) {
    this.#transaction = transaction;
    this.#vault = vault;
    this.#models = models;
    this.#clock = clock;
  }

  async execute(
    { id, basedOn, changes: { credentials, ...details } }: ChangeDeviceCommand,
    { signal }: { signal: AbortSignal },
  ): Promise<Result<DeviceView, ChangeDeviceError>> {
    const sealed = credentials && { credentials: await this.#vault.seal(id, credentials, signal) };

    return this.#transaction.run(async ({ devices }): Promise<Result<DeviceView, ChangeDeviceError>> => {
      const device = await devices.find(id);
      if (device === null) return err({ kind: 'DeviceNotFound', deviceId: id });

      const parsed = parseDeviceDetails({ ...device.snapshot(), ...details }, this.#models.names());
      if (!parsed.ok) return parsed;

      const changed = device.change({ basedOn, details: parsed.value, ...sealed }, this.#clock.now());
      if (!changed.ok) return changed;

      if (device.snapshot().version === basedOn) return ok(viewOf(device.snapshot()));

      const updated = await devices.update(device);
      return updated.ok ? ok(viewOf(device.snapshot())) : updated;
    }, signal);
  }
}
