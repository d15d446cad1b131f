import { BACKUP_JOB, type RunBackup } from '#backups/application';
import { describeBackupFailure, isWorthAnotherAttempt } from '#backups/domain';
import { err, ok, type Json, type Result } from '#kernel';
import type { JobAttempt, JobFailure, JobHandler, JobRun } from '#scheduling/contracts';
import { runPayload } from './job-payloads.ts';

/** The edge at which a job becomes a backup. A lost lease and an abort are thrown on: the worker knows what they mean. */
export class BackupRunHandler implements JobHandler {
  readonly type = BACKUP_JOB;
  readonly #runBackup: RunBackup;

  constructor(runBackup: RunBackup) {
    this.#runBackup = runBackup;
  }

  async handle({ payload, lease }: JobAttempt, run: JobRun): Promise<Result<Json, JobFailure>> {
    const parsed = runPayload.safeParse(payload);
    if (!parsed.success) return err({ reason: 'The job does not say which device to back up.', retry: false });
    const { signal } = run;
    const progress: JobRun['progress'] = (how) => run.progress(how);
    const made = await this.#runBackup.execute({ deviceId: parsed.data.deviceId, lease }, { signal, progress });
    if (made.ok) return ok({ ...made.value });
    return err({ reason: describeBackupFailure(made.error), retry: isWorthAnotherAttempt(made.error) });
  }
}
