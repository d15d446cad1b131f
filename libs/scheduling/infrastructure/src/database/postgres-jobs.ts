import { ok, type OpenTransaction, type Result } from '#kernel';
import { managerOf } from '#platform/database';
import type { JobAdmission } from '#scheduling/application';
import {
  LeaseLost,
  type JobId,
  type JobRefused,
  type JobRequest,
  type Jobs,
  type JobsWithin,
  type Lease,
} from '#scheduling/contracts';
import type { EntityManager } from 'typeorm';
import { insertJob } from './insert-job.ts';
import { HOLD } from './job-statements.ts';

export class PostgresJobsWithin implements JobsWithin {
  readonly #admission: JobAdmission;

  constructor(admission: JobAdmission) {
    this.#admission = admission;
  }

  join(transaction: OpenTransaction): Jobs {
    return new PostgresJobs(managerOf(transaction), this.#admission);
  }
}

class PostgresJobs implements Jobs {
  readonly #manager: EntityManager;
  readonly #admission: JobAdmission;

  constructor(manager: EntityManager, admission: JobAdmission) {
    this.#manager = manager;
    this.#admission = admission;
  }

  async submit(request: JobRequest): Promise<Result<JobId, JobRefused>> {
    const job = this.#admission.admit(request);
    if (!job.ok) return job;
    await insertJob(this.#manager, job.value);
    return ok(job.value.snapshot().id);
  }

  async hold(lease: Lease): Promise<void> {
    const rows = await this.#manager.query<unknown[]>(HOLD, [lease.jobId, lease.token]);
    if (rows.length === 0) throw new LeaseLost(lease);
  }
}
