import type { CredentialVault } from '#devices/application';
import type {
  DeviceAccess,
  DeviceDirectory,
  DeviceSelection,
  DeviceSelectionPage,
  KnownDevice,
  SelectedDevices,
} from '#devices/contracts';
import type { DeviceId } from '#devices/domain';
import { readWith } from '#platform/database';
import type { DataSource } from 'typeorm';
import { deviceOf, DeviceRow } from './device.row.ts';
import { selectedDevices } from './selected-devices.ts';

const KNOWN = ['id', 'name', 'model', 'enabled', 'tags', 'hostKeyAlgorithm'] as const;

export class TypeOrmDeviceDirectory implements DeviceDirectory {
  readonly #source: DataSource;
  readonly #vault: CredentialVault;

  constructor(source: DataSource, vault: CredentialVault) {
    this.#source = source;
    this.#vault = vault;
  }

  async known(ids: readonly DeviceId[], signal: AbortSignal): Promise<readonly KnownDevice[]> {
    const rows = await readWith(this.#source, signal, (manager) => selectedDevices(manager, { ids }, KNOWN).getMany());
    return rows.map(knownOf);
  }

  async select(
    selection: DeviceSelection,
    { after, limit }: DeviceSelectionPage,
    signal: AbortSignal,
  ): Promise<SelectedDevices> {
    const rows = await readWith(this.#source, signal, (manager) => {
      const query = selectedDevices(manager, selection, KNOWN);
      if (after !== null) query.andWhere('device.id > :after', { after });
      // One more than asked for tells whether there is a next page.
      return query
        .orderBy('device.id')
        .limit(limit + 1)
        .getMany();
    });
    const devices = rows.slice(0, limit).map(knownOf);
    return { devices, next: rows.length > limit ? (devices.at(-1)?.id ?? null) : null };
  }

  async access(id: DeviceId, signal: AbortSignal): Promise<DeviceAccess | null> {
    const row = await readWith(this.#source, signal, (manager) => manager.findOneBy(DeviceRow, { id }));
    if (row === null) return null;

    const { name, address, port, model, hostKey, credentials: sealed } = deviceOf(row).snapshot();
    const credentials = await this.#vault.open(id, sealed, signal);
    return { id, name, address, port, model, hostKey, credentials };
  }
}

function knownOf({ id, name, model, enabled, tags, hostKeyAlgorithm }: DeviceRow): KnownDevice {
  return { id, name, model, enabled, tags, hostKeyPinned: hostKeyAlgorithm !== null };
}
