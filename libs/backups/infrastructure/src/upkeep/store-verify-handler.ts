import { STORE_VERIFY_JOB, type VerifyStore } from '#backups/application';
import { err, ok, type Json, type Result } from '#kernel';
import type { JobAttempt, JobFailure, JobHandler, JobRun } from '#scheduling/contracts';
import { verifyPayload } from './store-payloads.ts';

/** The job has succeeded when all was looked at, damaged or not: what it found is its result. */
export class StoreVerifyHandler implements JobHandler {
  readonly type = STORE_VERIFY_JOB;
  readonly #verify: VerifyStore;
  readonly #graceMs: number;

  constructor(verify: VerifyStore, graceMs: number) {
    this.#verify = verify;
    this.#graceMs = graceMs;
  }

  async handle({ payload, lease }: JobAttempt, { signal, progress }: JobRun): Promise<Result<Json, JobFailure>> {
    const parsed = verifyPayload.safeParse(payload);
    if (!parsed.success) {
      return err({ reason: 'The job does not say what to verify.', retry: false });
    }
    const seen = await this.#verify.execute(
      { ...parsed.data, lease, graceMs: this.#graceMs },
      { signal, progress: (done, total) => progress({ step: 'verifying', done, total }) },
    );
    const { mode, part, of, contents, bytes, damaged, unreferenced } = seen;
    return ok({ mode, part, of, contents, bytes, damaged, unreferenced });
  }
}
