import type { DeviceCredentials, ModelCatalogue } from '#devices/contracts';
import {
  Device,
  parseDeviceDetails,
  type DeviceDetailsText,
  type DeviceNameTaken,
  type InvalidDeviceDetails,
} from '#devices/domain';
import { ok, type Clock, type Ids, type Result } from '#kernel';
import { viewOf } from '../device-view.ts';
import type { CredentialVault } from '../ports/credential-vault.ts';
import type { DeviceView } from '../ports/device-reader.ts';
import type { DevicesTransaction } from '../ports/devices-transaction.ts';

export type RegisterDeviceCommand = DeviceDetailsText & { readonly credentials: DeviceCredentials };
export type RegisterDeviceError = InvalidDeviceDetails | DeviceNameTaken;

export class RegisterDevice {
  readonly #transaction: DevicesTransaction;
  readonly #vault: CredentialVault;
  readonly #models: ModelCatalogue;
  readonly #clock: Clock;
  readonly #ids: Ids;

  constructor(transaction: DevicesTransaction, vault: CredentialVault, models: ModelCatalogue, clock: Clock, ids: Ids) {
    this.#transaction = transaction;
    this.#vault = vault;
    this.#models = models;
    this.#clock = clock;
    this.#ids = ids;
  }

  async execute(
    command: RegisterDeviceCommand,
    { signal }: { signal: AbortSignal },
  ): Promise<Result<DeviceView, RegisterDeviceError>> {
    const details = parseDeviceDetails(command, this.#models.names());
    if (!details.ok) return details;

    const id = this.#ids.next<'Device'>();
    const credentials = await this.#vault.seal(id, command.credentials, signal);
    const device = Device.register({ id, details: details.value, credentials }, this.#clock.now());

    return this.#transaction.run(async ({ devices }) => {
      const inserted = await devices.insert(device);
      return inserted.ok ? ok(viewOf(device.snapshot())) : inserted;
    }, signal);
  }
}
