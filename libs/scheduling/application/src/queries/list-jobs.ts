import type { JobId, JobSnapshot } from '#scheduling/domain';
import type { JobPage, JobReader } from '../ports/job-reader.ts';

export type ListJobsQuery = JobPage;
export type ListedJobs = {
  readonly jobs: readonly JobSnapshot[];
  /** What to ask for as `after` to get the next page; null when there is none. */
  readonly next: JobId | null;
};

export class ListJobs {
  readonly #jobs: JobReader;

  constructor(jobs: JobReader) {
    this.#jobs = jobs;
  }

  async execute(query: ListJobsQuery, { signal }: { signal: AbortSignal }): Promise<ListedJobs> {
    // One more than asked for tells whether there is a next page.
    const found = await this.#jobs.page({ ...query, limit: query.limit + 1 }, signal);
    const jobs = found.slice(0, query.limit);
    return { jobs, next: found.length > query.limit ? (jobs.at(-1)?.id ?? null) : null };
  }
}
