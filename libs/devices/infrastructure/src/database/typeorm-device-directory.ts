import type { CredentialVault } from '#devices/application';
import type { DeviceAccess, DeviceDirectory, KnownDevice } from '#devices/contracts';
import type { DeviceId } from '#devices/domain';
import { readWith } from '#platform/database';
import { Any, type DataSource } from 'typeorm';
import { deviceOf, DeviceRow } from './device.row.ts';

/** What `known` reads; credentials that are not read cannot be passed on. */
const KNOWN = { id: true, name: true, model: true, hostKeyAlgorithm: true } as const;

export class TypeOrmDeviceDirectory implements DeviceDirectory {
  readonly #source: DataSource;
  readonly #vault: CredentialVault;

  constructor(source: DataSource, vault: CredentialVault) {
    this.#source = source;
    this.#vault = vault;
  }

  async known(ids: readonly DeviceId[], signal: AbortSignal): Promise<readonly KnownDevice[]> {
    // One array as one parameter: a list of values would be another statement for each length, and has a limit.
    const where = { id: Any([...ids]) };
    const rows = await readWith(this.#source, signal, (manager) => manager.find(DeviceRow, { select: KNOWN, where }));
    return rows.map(({ id, name, model, hostKeyAlgorithm }) => ({
      id,
      name,
      model,
      hostKeyPinned: hostKeyAlgorithm !== null,
    }));
  }

  async access(id: DeviceId, signal: AbortSignal): Promise<DeviceAccess | null> {
    const row = await readWith(this.#source, signal, (manager) => manager.findOneBy(DeviceRow, { id }));
    if (row === null) return null;

    const { name, address, port, model, hostKey, credentials: sealed } = deviceOf(row).snapshot();
    const credentials = await this.#vault.open(id, sealed, signal);
    return { id, name, address, port, model, hostKey, credentials };
  }
}
