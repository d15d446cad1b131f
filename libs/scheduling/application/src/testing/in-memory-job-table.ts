import { LeaseLost, type JobId, type Lease } from '#scheduling/contracts';
import { InMemoryLocks } from '#scheduling/contracts/testing';
import { RunningJob, type HeldJob, type Job, type JobSnapshot } from '#scheduling/domain';

/** The jobs of one test, shared by the in-memory adapters. */
export class InMemoryJobTable {
  /** The rows that transactions have locked. */
  readonly locks = new InMemoryLocks();
  readonly #jobs = new Map<JobId, Job>();

  put(job: Job): void {
    this.#jobs.set(job.snapshot().id, job);
  }

  remove(id: JobId): void {
    this.#jobs.delete(id);
  }

  get(id: JobId): Job | undefined {
    return this.#jobs.get(id);
  }

  all(): readonly Job[] {
    return [...this.#jobs.values()];
  }

  snapshots(): readonly JobSnapshot[] {
    return this.all().map((job) => job.snapshot());
  }

  /** The job in the hands of the lease's holder. */
  heldBy(lease: Lease): HeldJob {
    const job = this.#jobs.get(lease.jobId);
    const held = job instanceof RunningJob ? job.heldBy(lease.token) : null;
    if (held?.ok !== true) throw new LeaseLost(lease);
    return held.value;
  }
}
