import type { CredentialVault } from '#devices/application';
import type { DeviceAccess, DeviceDirectory } from '#devices/contracts';
import type { DeviceId } from '#devices/domain';
import { readWith } from '#platform/database';
import type { DataSource } from 'typeorm';
import { deviceOf, DeviceRow } from './device.row.ts';

export class TypeOrmDeviceDirectory implements DeviceDirectory {
  readonly #source: DataSource;
  readonly #vault: CredentialVault;

  constructor(source: DataSource, vault: CredentialVault) {
    this.#source = source;
    this.#vault = vault;
  }

  async access(id: DeviceId, signal: AbortSignal): Promise<DeviceAccess | null> {
    const row = await readWith(this.#source, signal, (manager) => manager.findOneBy(DeviceRow, { id }));
    if (row === null) return null;

    const { name, address, port, model, hostKey, credentials: sealed } = deviceOf(row).snapshot();
    const credentials = await this.#vault.open(id, sealed, signal);
    return { id, name, address, port, model, hostKey, credentials };
  }
}
