import { BATCH_JOB, type RunBatch } from '#backups/application';
import { err, ok, type Json, type Result } from '#kernel';
import type { JobAttempt, JobFailure, JobHandler, JobRun } from '#scheduling/contracts';
import { batchPayload, selectionOf } from './job-payloads.ts';

/** The edge at which a job becomes requests for the backups of many devices. */
export class BatchHandler implements JobHandler {
  readonly type = BATCH_JOB;
  readonly #runBatch: RunBatch;

  constructor(runBatch: RunBatch) {
    this.#runBatch = runBatch;
  }

  async handle({ payload, lease }: JobAttempt, run: JobRun): Promise<Result<Json, JobFailure>> {
    const parsed = batchPayload.safeParse(payload);
    if (!parsed.success) return err({ reason: 'The job does not say which devices to back up.', retry: false });
    const selection = selectionOf(parsed.data.selection);
    const context = { signal: run.signal, progress: (how: Parameters<JobRun['progress']>[0]) => run.progress(how) };
    const made = await this.#runBatch.execute({ selection, lease }, context);
    if (made.ok) return ok({ ...made.value });
    const reason = `The queue has no room for more than ${made.error.capacity} jobs. What was requested already goes on.`;
    return err({ reason, retry: true });
  }
}
