import type { JobId } from './jobs.ts';

/** Which jobs have still to come to their end, for those who do not want to submit the same again. */
export abstract class UnfinishedJobs {
  /**
   * Those of the jobs that wait, run or are to be tried again, in any order. Jobs that have ended, were cancelled or do not exist
   * are not among them. Shows what is committed, by the next moment perhaps no longer so; rejects with the signal's reason on abort.
   */
  abstract among(ids: readonly JobId[], signal: AbortSignal): Promise<readonly JobId[]>;
}
