import type { DeviceId } from '#devices/contracts';
import type { JobRequest } from '#scheduling/contracts';

export const BACKUP_JOB = 'backup.run';

/** One backup of one device as a job; what the payload carries is all that a run is told. */
export function backupJob(deviceId: DeviceId): JobRequest {
  return { type: BACKUP_JOB, payload: { deviceId } };
}
