import { STORE_SWEEP_JOB, type SweepUnreferenced } from '#backups/application';
import { err, ok, type Json, type Result } from '#kernel';
import type { JobAttempt, JobFailure, JobHandler, JobRun } from '#scheduling/contracts';
import { sweepPayload } from './store-payloads.ts';

export class StoreSweepHandler implements JobHandler {
  readonly type = STORE_SWEEP_JOB;
  readonly #sweep: SweepUnreferenced;
  readonly #graceMs: number;

  constructor(sweep: SweepUnreferenced, graceMs: number) {
    this.#sweep = sweep;
    this.#graceMs = graceMs;
  }

  async handle({ payload, lease }: JobAttempt, { signal, progress }: JobRun): Promise<Result<Json, JobFailure>> {
    if (!sweepPayload.safeParse(payload).success) {
      return err({ reason: 'A sweep of the store takes an empty payload.', retry: false });
    }
    const swept = await this.#sweep.execute(
      { lease, graceMs: this.#graceMs },
      { signal, progress: (done, total) => progress({ step: 'sweeping', done, total }) },
    );
    return ok({ ...swept });
  }
}
