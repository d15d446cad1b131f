import type { DeviceId } from '#devices/contracts';
import { err, ok, type Result } from '#kernel';
import type { JobId, JobRefused, UnfinishedJobs } from '#scheduling/contracts';
import { backupJob } from './backup-job.ts';
import type { BackupStatusReader } from './ports/backup-status-reader.ts';
import type { BackupsStores } from './ports/backups-transaction.ts';

export type RequestedBackup = {
  readonly deviceId: DeviceId;
  readonly jobId: JobId;
  /** Whether the job was waiting or running before. */
  readonly wasRequested: boolean;
};

export type QueueFull = Extract<JobRefused, { kind: 'QueueFull' }>;

/** The runs that were asked for last, of some devices, and which of them have not ended. */
export type RunsUnderWay = { readonly latest: ReadonlyMap<DeviceId, JobId>; readonly unfinished: ReadonlySet<JobId> };

type Readers = { readonly statuses: BackupStatusReader; readonly unfinished: UnfinishedJobs };

/** To be asked before the transaction of {@link submitRuns}: what has changed by then it can tell. */
export async function runsUnderWay(
  { statuses, unfinished }: Readers,
  deviceIds: readonly DeviceId[],
  signal: AbortSignal,
): Promise<RunsUnderWay> {
  const known = await statuses.of(deviceIds, signal);
  const latest = new Map(known.flatMap(({ deviceId, jobId }) => (jobId === null ? [] : [[deviceId, jobId] as const])));
  return { latest, unfinished: new Set(await unfinished.among([...latest.values()], signal)) };
}

export type RunsWanted = {
  readonly deviceIds: readonly DeviceId[];
  readonly now: Date;
  readonly underWay: RunsUnderWay;
  /** What makes a second request for the same run harmless. */
  readonly keyOf?: (deviceId: DeviceId) => string;
};

/**
 * Submits a run of each device, unless one waits or runs, and answers which it is. Requests for a device take turns by its
 * status: a job that was not known before the transaction was just submitted by another request.
 */
export async function submitRuns(
  { jobs, statuses }: Pick<BackupsStores, 'jobs' | 'statuses'>,
  { deviceIds, now, underWay, keyOf }: RunsWanted,
): Promise<Result<readonly RequestedBackup[], QueueFull>> {
  const requested: RequestedBackup[] = [];
  const known = await statuses.of(deviceIds, now);
  for (const status of known) {
    const { deviceId, jobId, consecutiveFailures } = status.snapshot();
    if (jobId !== null && (underWay.latest.get(deviceId) !== jobId || underWay.unfinished.has(jobId))) {
      requested.push({ deviceId, jobId, wasRequested: true });
      continue;
    }
    const options = { isFailing: consecutiveFailures > 0, idempotencyKey: keyOf?.(deviceId) };
    const submitted = await jobs.submit(backupJob(deviceId, options));
    if (!submitted.ok && submitted.error.kind === 'QueueFull') return err(submitted.error);
    if (!submitted.ok) throw new Error(`A backup job was refused: ${JSON.stringify(submitted.error)}`);
    status.requested(submitted.value);
    requested.push({ deviceId, jobId: submitted.value, wasRequested: false });
  }
  await statuses.save(known);
  return ok(requested);
}
