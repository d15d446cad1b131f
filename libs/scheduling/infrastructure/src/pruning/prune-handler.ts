import { err, ok, type Json, type Result } from '#kernel';
import { PRUNE_JOB, type PruneJobs } from '#scheduling/application';
import type { JobAttempt, JobFailure, JobHandler, JobRun } from '#scheduling/contracts';
import { prunePayload } from './prune-job-type.ts';

/** The edge at which a job takes other jobs away. */
export class PruneHandler implements JobHandler {
  readonly type = PRUNE_JOB;
  readonly #prune: PruneJobs;

  constructor(prune: PruneJobs) {
    this.#prune = prune;
  }

  async handle({ payload }: JobAttempt, run: JobRun): Promise<Result<Json, JobFailure>> {
    const told = prunePayload.safeParse(payload);
    if (!told.success) return err({ reason: 'The payload says for how many days jobs are kept.', retry: false });
    return ok({ ...(await this.#prune.execute(told.data, run)) });
  }
}
