import { err, ok, type Result } from '#kernel';
import type { DeviceDirectory, DeviceId } from '#devices/contracts';
import type { JobId } from '#scheduling/contracts';
import { backupJob } from '../backup-job.ts';
import type { BackupsTransaction } from '../ports/backups-transaction.ts';

export type RequestBackupsCommand = { readonly deviceIds: readonly DeviceId[] };

export type RequestedBackup = { readonly deviceId: DeviceId; readonly jobId: JobId };

export type BackupsRefused =
  | { readonly kind: 'DeviceNotRegistered'; readonly deviceId: DeviceId }
  | { readonly kind: 'HostKeyNotPinned'; readonly deviceId: DeviceId }
  | { readonly kind: 'DeviceNamedTwice'; readonly deviceId: DeviceId };

/**
 * Asks for backups of some devices, all of them or none. Each request adds a job, also for a device whose backup is waiting or
 * running already: such runs do not disturb each other, and those that find nothing new store nothing.
 */
export class RequestBackups {
  readonly #devices: DeviceDirectory;
  readonly #transaction: BackupsTransaction;

  constructor(devices: DeviceDirectory, transaction: BackupsTransaction) {
    this.#devices = devices;
    this.#transaction = transaction;
  }

  async execute(
    { deviceIds }: RequestBackupsCommand,
    { signal }: { signal: AbortSignal },
  ): Promise<Result<readonly RequestedBackup[], BackupsRefused>> {
    const refused = repeated(deviceIds) ?? (await this.#notReady(deviceIds, signal));
    if (refused !== null) return err(refused);
    return this.#transaction.run(async ({ jobs }) => {
      const requested: RequestedBackup[] = [];
      for (const deviceId of deviceIds) {
        const submitted = await jobs.submit(backupJob(deviceId));
        if (!submitted.ok) throw new Error(`A backup job was refused: ${JSON.stringify(submitted.error)}`);
        requested.push({ deviceId, jobId: submitted.value });
      }
      return ok(requested);
    }, signal);
  }

  async #notReady(deviceIds: readonly DeviceId[], signal: AbortSignal): Promise<BackupsRefused | null> {
    const known = await this.#devices.known(deviceIds, signal);
    const byId = new Map(known.map((one) => [one.id, one]));
    for (const deviceId of deviceIds) {
      const device = byId.get(deviceId);
      if (device === undefined) return { kind: 'DeviceNotRegistered', deviceId };
      if (!device.hostKeyPinned) return { kind: 'HostKeyNotPinned', deviceId };
    }
    return null;
  }
}

function repeated(deviceIds: readonly DeviceId[]): BackupsRefused | null {
  const deviceId = deviceIds.find((id, index) => deviceIds.indexOf(id) !== index);
  return deviceId === undefined ? null : { kind: 'DeviceNamedTwice', deviceId };
}
