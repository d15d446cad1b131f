import type { OpenTransaction, Result } from '#kernel';
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
import { JobPlaces, usualCapacity, type Capacity } from './job-places.ts';
import { HOLD } from './job-statements.ts';
import { submitJob } from './submit-job.ts';

export class PostgresJobsWithin implements JobsWithin {
  readonly #admission: JobAdmission;
  readonly #capacity: number;

  constructor(admission: JobAdmission, { capacity }: Capacity = usualCapacity) {
    this.#admission = admission;
    this.#capacity = capacity;
  }

  join(transaction: OpenTransaction): Jobs {
    return new PostgresJobs(managerOf(transaction), this.#admission, this.#capacity);
  }
}

class PostgresJobs implements Jobs {
  readonly #manager: EntityManager;
  readonly #admission: JobAdmission;
  readonly #capacity: number;
  readonly #places: JobPlaces;

  constructor(manager: EntityManager, admission: JobAdmission, capacity: number) {
    this.#manager = manager;
    this.#admission = admission;
    this.#capacity = capacity;
    this.#places = new JobPlaces(manager, { capacity });
  }

  async submit(request: JobRequest): Promise<Result<JobId, JobRefused>> {
    const job = this.#admission.admit(request);
    if (!job.ok) return job;
    return submitJob(this.#manager, this.#places, { job: job.value, capacity: this.#capacity });
  }

  async hold(lease: Lease): Promise<void> {
    const rows = await this.#manager.query<unknown[]>(HOLD, [lease.jobId, lease.token]);
    if (rows.length === 0) throw new LeaseLost(lease);
  }
}
