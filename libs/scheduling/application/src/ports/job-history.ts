import type { JobEvent, JobId } from '#scheduling/domain';

/**
 * A place in the history: everything up to there has been read. Two numbers with a dot between: events of all jobs go by the
 * first and then by the second, those of one job by the second alone.
 */
export type HistoryCursor = string & { readonly __brand: 'HistoryCursor' };

export type KeptEvent = JobEvent & {
  readonly cursor: HistoryCursor;
  /** The type of the job. */
  readonly type: string;
};

export type HistoryPage = { readonly after?: HistoryCursor; readonly limit: number };

/**
 * What has happened to the jobs, written with the change itself: there is no change without its event, and no event of a change
 * that was undone.
 *
 * `ofJob` answers the events of one job in the order in which they happened. `all` answers those of every job after a cursor, in
 * an order in which none ever comes late: what has been passed is complete, whichever transaction commits when. The price is
 * that an event is held back while an older transaction of the same database is still open, and that two events of one job may
 * be told the other way round when the transaction of the later one began to write before that of the earlier: `ofJob` knows.
 * `end` answers the cursor after all that `all` would answer now: where somebody begins who wants only what is new.
 */
export abstract class JobHistory {
  abstract ofJob(id: JobId, page: HistoryPage, signal: AbortSignal): Promise<readonly KeptEvent[]>;
  abstract all(page: HistoryPage, signal: AbortSignal): Promise<readonly KeptEvent[]>;
  abstract end(signal: AbortSignal): Promise<HistoryCursor>;
}
