import { FRESHNESS_JOB, type JudgeFreshness } from '#backups/application';
import { ok, type Json, type Result } from '#kernel';
import type { JobAttempt, JobFailure, JobHandler, JobRun } from '#scheduling/contracts';

/** The edge at which a job becomes a judgement of how recent the backups are. It has nothing to be told. */
export class FreshnessHandler implements JobHandler {
  readonly type = FRESHNESS_JOB;
  readonly #judgeFreshness: JudgeFreshness;

  constructor(judgeFreshness: JudgeFreshness) {
    this.#judgeFreshness = judgeFreshness;
  }

  async handle({ lease }: JobAttempt, run: JobRun): Promise<Result<Json, JobFailure>> {
    const context = { signal: run.signal, progress: (how: Parameters<JobRun['progress']>[0]) => run.progress(how) };
    return ok({ ...(await this.#judgeFreshness.execute({ lease }, context)) });
  }
}
