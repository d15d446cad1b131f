import { CredentialsUnreadable, type DeviceCredentials, type ModelCatalogue } from '#devices/contracts';
import { Device, type DeviceNameTaken, type DeviceSnapshot, type StaleDevice } from '#devices/domain';
import { ok, type Clock, type Ids, type Result } from '#kernel';
import type { CredentialVault } from '../ports/credential-vault.ts';
import type { DeviceTableRow } from '../ports/device-table.ts';
import type { DevicesTransaction } from '../ports/devices-transaction.ts';
import type { RowOutcome, RowRefused } from './import-report.ts';
import { factsOf } from './row-facts.ts';
import { sameCredentials } from './same-credentials.ts';

export type ImportPorts = {
  readonly transaction: DevicesTransaction;
  readonly vault: CredentialVault;
  readonly catalogue: ModelCatalogue;
  readonly clock: Clock;
  readonly ids: Ids;
};

export type ImportOptions = {
  /** Whether it is only to be found out what would be done. */
  readonly dryRun: boolean;
  /** What is to be done with a row about a device that is registered already. */
  readonly onExisting: 'refuse' | 'update' | 'skip';
};

type Written = Result<RowOutcome, DeviceNameTaken | StaleDevice>;

/** Brings one device to what its row says, or does nothing. */
export class ImportRow {
  readonly #ports: ImportPorts;
  readonly #options: ImportOptions;

  constructor(ports: ImportPorts, options: ImportOptions) {
    this.#ports = ports;
    this.#options = options;
  }

  /** `existing` is the device of that name as it was a moment ago. Answers an error when it is not so any more. */
  async attempt(row: DeviceTableRow, existing: DeviceSnapshot | null, signal: AbortSignal): Promise<Written> {
    return existing === null ? this.#create(row, signal) : this.#treat(row, existing, signal);
  }

  async #create(row: DeviceTableRow, signal: AbortSignal): Promise<Written> {
    const { transaction, vault, catalogue, clock, ids } = this.#ports;
    const facts = factsOf(row, null, catalogue.names());
    if (!facts.ok) return refused(facts.error);
    const { details, credentials, extras } = facts.value;
    if (credentials === undefined) throw new Error('A new device has credentials.');
    if (this.#options.dryRun) return ok({ outcome: 'created', deviceId: null });

    const id = ids.next<'Device'>();
    const sealed = await vault.seal(id, credentials, signal);
    const device = Device.register({ id, details, credentials: sealed, ...extras }, clock.now());
    return transaction.run(async ({ devices }): Promise<Written> => {
      const inserted = await devices.insert(device);
      return inserted.ok ? ok({ outcome: 'created', deviceId: id }) : inserted;
    }, signal);
  }

  async #treat(row: DeviceTableRow, existing: DeviceSnapshot, signal: AbortSignal): Promise<Written> {
    const { id, name, version } = existing;
    const { dryRun, onExisting } = this.#options;
    if (onExisting === 'refuse') return refused({ kind: 'DeviceExists', deviceId: id, name });
    if (onExisting === 'skip') return ok({ outcome: 'skipped', deviceId: id });

    const { transaction, catalogue, clock } = this.#ports;
    const facts = factsOf(row, existing, catalogue.names());
    if (!facts.ok) return refused(facts.error);
    const { details, credentials, extras } = facts.value;
    const sealed = credentials && (await this.#sealedAnew(existing, credentials, signal));
    const device = Device.restore(existing);
    const changed = device.change(
      { basedOn: version, details, ...extras, ...(sealed && { credentials: sealed }) },
      clock.now(),
    );
    if (!changed.ok) return changed;
    if (device.snapshot().version === version) return ok({ outcome: 'unchanged', deviceId: id });
    if (dryRun) return ok({ outcome: 'updated', deviceId: id });

    return transaction.run(async ({ devices }): Promise<Written> => {
      const updated = await devices.update(device);
      return updated.ok ? ok({ outcome: 'updated', deviceId: id }) : updated;
    }, signal);
  }

  /** Null when the device has these credentials already. Those that nobody can read are replaced. */
  async #sealedAnew({ id, credentials: sealed }: DeviceSnapshot, credentials: DeviceCredentials, signal: AbortSignal) {
    const { vault } = this.#ports;
    try {
      if (sameCredentials(await vault.open(id, sealed, signal), credentials)) return null;
    } catch (error) {
      if (!(error instanceof CredentialsUnreadable)) throw error;
    }
    return vault.seal(id, credentials, signal);
  }
}

function refused(refusal: RowRefused): Written {
  return ok({ outcome: 'refused', refusal });
}
