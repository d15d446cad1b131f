import type { JobId, JobSnapshot, JobState } from '#scheduling/domain';

export type JobPage = {
  /** Only jobs in this state. */
  readonly state?: JobState;
  /** Only jobs older than this one: the last id of the page before. */
  readonly after?: JobId;
  readonly limit: number;
};

/** The jobs, for looking at: each as it was at one moment. `page` begins with the newest (the highest id). */
export abstract class JobReader {
  abstract find(id: JobId, signal: AbortSignal): Promise<JobSnapshot | null>;
  abstract page(page: JobPage, signal: AbortSignal): Promise<readonly JobSnapshot[]>;
}
