import type { DeviceDirectory, DeviceId } from '#devices/contracts';
import { err, ok, type Clock, type Result } from '#kernel';
import type { UnfinishedJobs } from '#scheduling/contracts';
import type { BackupStatusReader } from '../ports/backup-status-reader.ts';
import type { BackupsTransaction } from '../ports/backups-transaction.ts';
import { runsUnderWay, submitRuns, type QueueFull, type RequestedBackup } from '../submit-runs.ts';

export type RequestBackupsCommand = { readonly deviceIds: readonly DeviceId[] };

export type BackupsRefused =
  | { readonly kind: 'DeviceNotRegistered'; readonly deviceId: DeviceId }
  | { readonly kind: 'HostKeyNotPinned'; readonly deviceId: DeviceId }
  | { readonly kind: 'DeviceDisabled'; readonly deviceId: DeviceId }
  | { readonly kind: 'DeviceNamedTwice'; readonly deviceId: DeviceId }
  | QueueFull;

export type RequestBackupsPorts = {
  readonly devices: DeviceDirectory;
  readonly statuses: BackupStatusReader;
  readonly unfinished: UnfinishedJobs;
  readonly transaction: BackupsTransaction;
  readonly clock: Clock;
};

/**
 * Asks for backups of some devices, all of them or none. A device whose backup waits or runs already gets no second one: the
 * answer is the job that there is.
 */
export class RequestBackups {
  readonly #ports: RequestBackupsPorts;

  constructor(ports: RequestBackupsPorts) {
    this.#ports = ports;
  }

  /** In the order of the request. */
  async execute(
    { deviceIds }: RequestBackupsCommand,
    { signal }: { signal: AbortSignal },
  ): Promise<Result<readonly RequestedBackup[], BackupsRefused>> {
    const refused = repeated(deviceIds) ?? (await this.#notReady(deviceIds, signal));
    if (refused !== null) return err(refused);
    const underWay = await runsUnderWay(this.#ports, deviceIds, signal);
    const wanted = { deviceIds, now: this.#ports.clock.now(), underWay };
    const requested = await this.#ports.transaction.run((stores) => submitRuns(stores, wanted), signal);
    if (!requested.ok) return requested;
    const byDevice = new Map(requested.value.map((one) => [one.deviceId, one]));
    return ok(deviceIds.flatMap((deviceId) => byDevice.get(deviceId) ?? []));
  }

  async #notReady(deviceIds: readonly DeviceId[], signal: AbortSignal): Promise<BackupsRefused | null> {
    const known = await this.#ports.devices.known(deviceIds, signal);
    const byId = new Map(known.map((one) => [one.id, one]));
    for (const deviceId of deviceIds) {
      const device = byId.get(deviceId);
      if (device === undefined) return { kind: 'DeviceNotRegistered', deviceId };
      if (!device.enabled) return { kind: 'DeviceDisabled', deviceId };
      if (!device.hostKeyPinned) return { kind: 'HostKeyNotPinned', deviceId };
    }
    return null;
  }
}

function repeated(deviceIds: readonly DeviceId[]): BackupsRefused | null {
  const deviceId = deviceIds.find((id, index) => deviceIds.indexOf(id) !== index);
  return deviceId === undefined ? null : { kind: 'DeviceNamedTwice', deviceId };
}
