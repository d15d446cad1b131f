import { err, ok, type Result } from '#kernel';
import type { JobId, JobSnapshot } from '#scheduling/domain';
import type { JobNotFound } from '../ports/job-queue.ts';
import type { JobReader } from '../ports/job-reader.ts';

export type FindJobQuery = { readonly id: JobId };

export class FindJob {
  readonly #jobs: JobReader;

  constructor(jobs: JobReader) {
    this.#jobs = jobs;
  }

  async execute({ id }: FindJobQuery, { signal }: { signal: AbortSignal }): Promise<Result<JobSnapshot, JobNotFound>> {
    const job = await this.#jobs.find(id, signal);
    return job === null ? err({ kind: 'JobNotFound', id }) : ok(job);
  }
}
