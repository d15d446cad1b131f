import type { JobId, JobSnapshot, JobState } from '#scheduling/domain';

/** Orders of a list: by time of submission, due time or priority, those with a minus from the highest down. */
export const jobSorts = ['-submittedAt', 'submittedAt', '-dueAt', 'dueAt', '-priority', 'priority'] as const;
export type JobSort = (typeof jobSorts)[number];

export type JobPage = {
  /** Only jobs in this state. */
  readonly state?: JobState;
  readonly type?: string;
  /** Only jobs whose latest failure contains this text, in upper or lower case. */
  readonly text?: string;
  /** `-submittedAt` when not given; equal ones are ordered by their ids, in the same direction. */
  readonly sort?: JobSort;
  /** Only jobs behind this one in the order: the last id of the page before. When it is gone there are none. */
  readonly after?: JobId;
  readonly limit: number;
};

/** The jobs, for looking at: each as it was at one moment. Ids ascend in the order in which one process submits. */
export abstract class JobReader {
  abstract find(id: JobId, signal: AbortSignal): Promise<JobSnapshot | null>;
  abstract page(page: JobPage, signal: AbortSignal): Promise<readonly JobSnapshot[]>;
}
