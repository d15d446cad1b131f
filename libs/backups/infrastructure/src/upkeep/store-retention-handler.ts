import { STORE_RETENTION_JOB, type RetainVersions, type SweepUnreferenced } from '#backups/application';
import { RetentionPolicy } from '#backups/domain';
import { err, ok, type Id, type Json, type Result } from '#kernel';
import type { JobAttempt, JobFailure, JobHandler, JobRun } from '#scheduling/contracts';
import { retentionPayload } from './store-payloads.ts';

/** Removes versions first, and then the contents that only they have had. */
export class StoreRetentionHandler implements JobHandler {
  readonly type = STORE_RETENTION_JOB;
  readonly #retain: RetainVersions;
  readonly #sweep: SweepUnreferenced;
  readonly #graceMs: number;

  constructor(retain: RetainVersions, sweep: SweepUnreferenced, graceMs: number) {
    this.#retain = retain;
    this.#sweep = sweep;
    this.#graceMs = graceMs;
  }

  async handle({ payload, lease }: JobAttempt, { signal, progress }: JobRun): Promise<Result<Json, JobFailure>> {
    const parsed = retentionPayload.safeParse(payload);
    const policy = parsed.success ? RetentionPolicy.parse(parsed.data.rules) : null;
    if (!parsed.success || policy?.ok !== true) {
      return err({ reason: 'The job does not say which versions to keep.', retry: false });
    }
    const { dryRun } = parsed.data;
    const deviceId = parsed.data.deviceId as Id<'Device'> | null;
    const retained = await this.#retain.execute(
      { policy: policy.value, dryRun, deviceId, lease },
      { signal, progress: (done) => progress({ step: 'removing versions', done }) },
    );
    if (dryRun) return ok({ ...retained, dryRun });
    const swept = await this.#sweep.execute(
      { lease, graceMs: this.#graceMs },
      { signal, progress: (done, total) => progress({ step: 'sweeping', done, total }) },
    );
    return ok({ ...retained, dryRun, contentsRemoved: swept.removed });
  }
}
