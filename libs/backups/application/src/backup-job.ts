import type { DeviceId, DeviceSelection } from '#devices/contracts';
import type { Json } from '#kernel';
import type { JobRequest } from '#scheduling/contracts';

export const BACKUP_JOB = 'backup.run';
export const BATCH_JOB = 'backup.batch';
export const FRESHNESS_JOB = 'backup.freshness';

/** A device that did not answer the last time is asked behind the others: what it takes of the workers is lost most likely. */
const PRIORITY = { usual: 5, failing: 3 };

export type BackupJobOptions = { readonly isFailing: boolean; readonly idempotencyKey?: string | undefined };

/** One backup of one device as a job; what the payload carries is all that a run is told. */
export function backupJob(deviceId: DeviceId, { isFailing, idempotencyKey }: BackupJobOptions): JobRequest {
  const priority = isFailing ? PRIORITY.failing : PRIORITY.usual;
  return { type: BACKUP_JOB, payload: { deviceId }, priority, ...(idempotencyKey !== undefined && { idempotencyKey }) };
}

/** Backups of all devices that are selected when the job runs. It may be begun again as often as it takes to get through. */
export function batchJob(selection: DeviceSelection): JobRequest {
  return { type: BATCH_JOB, payload: { selection } as unknown as Json, maxAttempts: 10, timeoutMs: 3_600_000 };
}
