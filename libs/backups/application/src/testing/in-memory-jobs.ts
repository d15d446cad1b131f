import { ok, type Result } from '#kernel';
import { SequentialIds } from '#kernel/testing';
import { LeaseLost, type JobId, type JobRefused, type JobRequest, type Jobs, type Lease } from '#scheduling/contracts';

/** As much of the jobs as a backup meets: requests that are kept or undone, and leases that another claim takes away. */
export class InMemoryJobs {
  readonly submitted = new Map<JobId, JobRequest>();
  readonly #ids = new SequentialIds();
  readonly #newest = new Map<JobId, number>();

  /** What a worker does before it runs a job: the lease of the claim before is lost. */
  claim(jobId: JobId): Lease {
    const token = (this.#newest.get(jobId) ?? 0) + 1;
    this.#newest.set(jobId, token);
    return { jobId, token };
  }

  begin(signal: AbortSignal): { jobs: Jobs; commit: () => void } {
    const added = new Map<JobId, JobRequest>();
    const jobs: Jobs = {
      submit: async (request: JobRequest): Promise<Result<JobId, JobRefused>> => {
        signal.throwIfAborted();
        const id = this.#ids.next<'Job'>();
        added.set(id, request);
        return ok(id);
      },
      hold: async (lease: Lease): Promise<void> => {
        signal.throwIfAborted();
        if (this.#newest.get(lease.jobId) !== lease.token) throw new LeaseLost(lease);
      },
    };
    return { jobs, commit: () => added.forEach((request, id) => this.submitted.set(id, request)) };
  }
}
