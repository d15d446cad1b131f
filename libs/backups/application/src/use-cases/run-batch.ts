import type { DeviceDirectory, DeviceId, DeviceSelection, SelectedDevices } from '#devices/contracts';
import { ok, type Clock, type Result } from '#kernel';
import type { JobProgress, Lease, UnfinishedJobs } from '#scheduling/contracts';
import type { BackupStatusReader } from '../ports/backup-status-reader.ts';
import type { BackupsTransaction } from '../ports/backups-transaction.ts';
import { runsUnderWay, submitRuns, type QueueFull, type RequestedBackup } from '../submit-runs.ts';

/** How many runs are submitted by one transaction. */
const PAGE = 100;

export type RunBatchCommand = { readonly selection: DeviceSelection; readonly lease: Lease };

export type BatchMade = {
  /** Devices for which a run was submitted, by this attempt or one before. */
  readonly requested: number;
  /** Devices whose run was waiting or running already. */
  readonly underWay: number;
  /** Devices that nobody may log in to, because no host key is pinned. */
  readonly withoutHostKey: number;
};

export type RunBatchPorts = {
  readonly devices: DeviceDirectory;
  readonly statuses: BackupStatusReader;
  readonly unfinished: UnfinishedJobs;
  readonly transaction: BackupsTransaction;
  readonly clock: Clock;
};

/**
 * Submits a run of every enabled device that is selected, page by page. An attempt that did not get to its end is followed by
 * one from the beginning: the runs that were submitted are known by their keys, and no device gets a second one.
 */
export class RunBatch {
  readonly #ports: RunBatchPorts;

  constructor(ports: RunBatchPorts) {
    this.#ports = ports;
  }

  async execute(
    { selection, lease }: RunBatchCommand,
    { signal, progress }: { readonly signal: AbortSignal; readonly progress: (progress: JobProgress) => void },
  ): Promise<Result<BatchMade, QueueFull>> {
    const made = { requested: 0, underWay: 0, withoutHostKey: 0 };
    let after: DeviceId | null = null;
    do {
      const page: SelectedDevices = await this.#ports.devices.select(
        { ...selection, enabled: true },
        { after, limit: PAGE },
        signal,
      );
      const deviceIds = page.devices.filter(({ hostKeyPinned }) => hostKeyPinned).map(({ id }) => id);
      const submitted = await this.#submit(deviceIds, lease, signal);
      if (!submitted.ok) return submitted;
      const known = submitted.value.filter(({ wasRequested }) => wasRequested).length;
      made.requested += submitted.value.length - known;
      made.underWay += known;
      made.withoutHostKey += page.devices.length - deviceIds.length;
      progress({ step: 'requesting backups', done: made.requested + made.underWay });
      after = page.next;
    } while (after !== null);
    return ok(made);
  }

  async #submit(
    deviceIds: readonly DeviceId[],
    lease: Lease,
    signal: AbortSignal,
  ): Promise<Result<readonly RequestedBackup[], QueueFull>> {
    if (deviceIds.length === 0) return ok([]);
    const underWay = await runsUnderWay(this.#ports, deviceIds, signal);
    const now = this.#ports.clock.now();
    const keyOf = (deviceId: DeviceId): string => `batch/${lease.jobId}/${deviceId}`;
    return this.#ports.transaction.run(async (stores) => {
      await stores.jobs.hold(lease);
      return submitRuns(stores, { deviceIds, now, underWay, keyOf });
    }, signal);
  }
}
