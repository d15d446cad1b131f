import { err, ok, type Result } from '#kernel';
import type { JobId } from '#scheduling/domain';
import type { HistoryCursor, HistoryPage, JobHistory, KeptEvent } from '../ports/job-history.ts';
import type { JobNotFound } from '../ports/job-queue.ts';
import type { JobReader } from '../ports/job-reader.ts';

export type ReadJobHistoryQuery = { readonly id: JobId } & HistoryPage;
export type HistoryOfJob = {
  /** In the order in which they happened. */
  readonly events: readonly KeptEvent[];
  /** What to ask for as `after` to get the next page; null when there is none yet. */
  readonly next: HistoryCursor | null;
};

export class ReadJobHistory {
  readonly #jobs: JobReader;
  readonly #history: JobHistory;

  constructor(jobs: JobReader, history: JobHistory) {
    this.#jobs = jobs;
    this.#history = history;
  }

  async execute(
    { id, limit, ...page }: ReadJobHistoryQuery,
    { signal }: { signal: AbortSignal },
  ): Promise<Result<HistoryOfJob, JobNotFound>> {
    const found = await this.#history.ofJob(id, { ...page, limit: limit + 1 }, signal);
    if (found.length === 0 && (await this.#jobs.find(id, signal)) === null) return err({ kind: 'JobNotFound', id });
    const events = found.slice(0, limit);
    return ok({ events, next: found.length > limit ? (events.at(-1)?.cursor ?? null) : null });
  }
}
