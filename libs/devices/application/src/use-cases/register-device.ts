import type { DeviceCredentials, ModelCatalogue } from '#devices/contracts';
import {
  Device,
  parseDeviceDetails,
  parseTags,
  type DeviceDetailsText,
  type DeviceNameTaken,
  type InvalidDeviceDetails,
  type InvalidTag,
  type TooManyTags,
} from '#devices/domain';
import { ok, type Clock, type Ids, type Result } from '#kernel';
import { viewOf } from '../device-view.ts';
import type { CredentialVault } from '../ports/credential-vault.ts';
import type { DeviceView } from '../ports/device-reader.ts';
import type { DevicesTransaction } from '../ports/devices-transaction.ts';

/** Without `enabled` it is, without `tags` it has none. */
export type RegisterDeviceCommand = DeviceDetailsText & {
  readonly credentials: DeviceCredentials;
  readonly enabled?: boolean;
  readonly tags?: readonly string[];
};
export type RegisterDeviceError = InvalidDeviceDetails | InvalidTag | TooManyTags | DeviceNameTaken;

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

    const tags = parseTags(command.tags ?? []);
    if (!tags.ok) return tags;

    const id = this.#ids.next<'Device'>();
    const credentials = await this.#vault.seal(id, command.credentials, signal);
    const { enabled = true } = command;
    const facts = { id, details: details.value, credentials, enabled, tags: tags.value };
    const device = Device.register(facts, this.#clock.now());

    return this.#transaction.run(async ({ devices }) => {
      const inserted = await devices.insert(device);
      return inserted.ok ? ok(viewOf(device.snapshot())) : inserted;
    }, signal);
  }
}
