import {
  describeBackupFailure,
  modelNamed,
  significantText,
  Version,
  type BackupFailure,
  type Collected,
  type VersionId,
} from '#backups/domain';
import { CredentialsUnreadable, type DeviceAccess, type DeviceDirectory, type DeviceId } from '#devices/contracts';
import { err, ok, type Clock, type Ids, type Result } from '#kernel';
import type { JobProgress, Lease } from '#scheduling/contracts';
import type { BackupsStores, BackupsTransaction } from '../ports/backups-transaction.ts';
import type { ConfigSource } from '../ports/config-source.ts';
import type { FenceMark } from '../ports/content-fence.ts';
import type { ConfigStore } from '../ports/config-store.ts';
import type { Hashing } from '../ports/hashing.ts';
import type { VersionInventory } from '../ports/version-inventory.ts';
import type { VersionReader } from '../ports/version-reader.ts';
import { recordOutcome } from '../record-outcome.ts';
import { tell } from '../tell.ts';

export type RunBackupCommand = { readonly deviceId: DeviceId; readonly lease: Lease };

export type TellProgress = (progress: JobProgress) => void;

export type RunBackupContext = { readonly signal: AbortSignal; readonly progress?: TellProgress };

export type BackupMade = {
  readonly outcome: 'stored' | 'unchanged';
  /** The version that holds the configuration, be it new or not. */
  readonly versionId: VersionId;
  readonly bytes: number;
};

type Received = { readonly collected: Collected; readonly bytes: Uint8Array };

/** The next attempt stores it again. */
const BEING_REMOVED: BackupFailure = {
  kind: 'StorageFailed',
  reason: 'the same content was just being removed as unneeded',
};

export type RunBackupPorts = {
  readonly devices: DeviceDirectory;
  readonly source: ConfigSource;
  readonly hashing: Hashing;
  readonly reader: VersionReader;
  readonly store: ConfigStore;
  readonly inventory: VersionInventory;
  readonly transaction: BackupsTransaction;
  readonly clock: Clock;
  readonly ids: Ids;
};

/**
 * Collects the configuration of one device and keeps it, if it has changed, as the device's next version.
 *
 * Success and failure are written to the device's status, in the transaction of what was made. A run that is stopped, or
 * that fails by a defect, says nothing about the device.
 *
 * A run that another one of the same device has overtaken, so that what it collected is neither the latest version nor newer,
 * fails as `Superseded`. "Unchanged" would be untrue, and would hide every change after a clock was set back.
 *
 * A run that finds the very bytes of the latest version stores them again when they are missing from the store, or damaged.
 * Where volatile lines differ nothing can be repaired: reading the version says what is wrong with it.
 */
export class RunBackup {
  readonly #ports: RunBackupPorts;

  constructor(ports: RunBackupPorts) {
    this.#ports = ports;
  }

  async execute(
    command: RunBackupCommand,
    { signal, progress = () => {} }: RunBackupContext,
  ): Promise<Result<BackupMade, BackupFailure>> {
    const received = await this.#collect(command, signal, progress);
    if (!received.ok) return this.#failed(command, received.error, signal);
    const { collected, bytes } = received.value;

    // For a device that did not change only its status is written; whether it did is decided again under the lock below.
    progress({ step: 'verifying' });
    const latest = await this.#latest(command.deviceId, signal);
    if (latest?.isStill(collected)) {
      const repaired = await this.#repair(latest, received.value, signal);
      if (!repaired.ok) return this.#failed(command, repaired.error, signal);
      return this.#finish(command, collected, async () => ok(unchanged(latest, collected)), signal);
    }

    progress({ step: 'storing' });
    const mark = await this.#ports.inventory.fenceMark(collected.contentHash, signal);
    const stored = await this.#ports.store.put(bytes, signal);
    if (!stored.ok) return this.#failed(command, stored.error, signal);
    return this.#finish(command, collected, (stores) => this.#addVersion(stores, collected, mark), signal);
  }

  async #addVersion(
    { versions, contents, outbox }: BackupsStores,
    collected: Collected,
    mark: FenceMark,
  ): Promise<Result<BackupMade, BackupFailure>> {
    const { deviceId, contentHash, bytes } = collected;
    const version = Version.following(await versions.latest(deviceId), collected, this.#ports.ids.next());
    if (!version.ok)
      return version.error.kind === 'Unchanged' ? ok(unchanged(version.error.since, collected)) : err(version.error);
    if (!(await contents.reference(contentHash, mark))) return err(BEING_REMOVED);
    await versions.add(version.value);
    await tell(outbox, deviceId, [{ type: 'device.changed', version: version.value.snapshot() }]);
    return ok({ outcome: 'stored', versionId: version.value.id, bytes });
  }

  /** What was made, and that it was, are written together, and only with the right to. */
  #finish(
    { deviceId, lease }: RunBackupCommand,
    { collectedAt }: Collected,
    make: (stores: BackupsStores) => Promise<Result<BackupMade, BackupFailure>>,
    signal: AbortSignal,
  ): Promise<Result<BackupMade, BackupFailure>> {
    return this.#ports.transaction.run(async (stores) => {
      await stores.jobs.hold(lease);
      const made = await make(stores);
      if (made.ok)
        await recordOutcome(stores, { deviceId, now: collectedAt }, (status) => status.succeeded(collectedAt));
      return made;
    }, signal);
  }

  async #failed(
    { deviceId, lease }: RunBackupCommand,
    failure: BackupFailure,
    signal: AbortSignal,
  ): Promise<Result<never, BackupFailure>> {
    const at = this.#ports.clock.now();
    const reason = describeBackupFailure(failure);
    await this.#ports.transaction.run(async (stores) => {
      await stores.jobs.hold(lease);
      if (failure.kind === 'DeviceNotRegistered') await stores.statuses.forget([deviceId]);
      else
        await recordOutcome(stores, { deviceId, now: at }, (status) =>
          status.failed({ at, kind: failure.kind, reason }),
        );
      return ok();
    }, signal);
    return err(failure);
  }

  async #collect(
    { deviceId, lease }: RunBackupCommand,
    signal: AbortSignal,
    progress: TellProgress,
  ): Promise<Result<Received, BackupFailure>> {
    const access = await this.#access(deviceId, signal);
    if (!access.ok) return access;
    const device = access.value;
    const model = modelNamed(device.model);
    if (model === null) return err({ kind: 'ModelUnknown', model: device.model });
    const configuration = await this.#ports.source.collect(device, model, signal, progress);
    if (!configuration.ok) return configuration;
    const collectedAt = this.#ports.clock.now();

    const bytes = new TextEncoder().encode(configuration.value.text);
    const significant = new TextEncoder().encode(significantText(model, configuration.value.text));
    const collected: Collected = {
      deviceId,
      model: model.name,
      contentHash: this.#ports.hashing.of(bytes),
      significantHash: this.#ports.hashing.of(significant),
      bytes: bytes.byteLength,
      collectedAt,
      jobId: lease.jobId,
    };
    return ok({ collected, bytes });
  }

  /** Puts back the content of `latest` when it is missing or damaged, as far as the device still sends the same bytes. */
  async #repair(
    latest: Version,
    { collected, bytes }: Received,
    signal: AbortSignal,
  ): Promise<Result<void, BackupFailure>> {
    const { contentHash } = latest.snapshot();
    if (contentHash !== collected.contentHash || (await this.#ports.store.has(contentHash, signal))) return ok();
    const stored = await this.#ports.store.put(bytes, signal);
    return stored.ok ? ok() : stored;
  }

  async #access(deviceId: DeviceId, signal: AbortSignal): Promise<Result<DeviceAccess, BackupFailure>> {
    try {
      const device = await this.#ports.devices.access(deviceId, signal);
      return device === null ? err({ kind: 'DeviceNotRegistered' }) : ok(device);
    } catch (error) {
      if (error instanceof CredentialsUnreadable) return err({ kind: 'CredentialsUnreadable' });
      throw error;
    }
  }

  async #latest(deviceId: DeviceId, signal: AbortSignal): Promise<Version | null> {
    const [newest] = await this.#ports.reader.page({ deviceId, before: null, limit: 1 }, signal);
    return newest === undefined ? null : Version.restore(newest);
  }
}

function unchanged(since: Version, { bytes }: Collected): BackupMade {
  return { outcome: 'unchanged', versionId: since.id, bytes };
}
