import type { JobId } from '#scheduling/domain';
import type { HistoryCursor, HistoryPage, JobHistory, KeptEvent } from '../ports/job-history.ts';
import type { InMemoryJobTable } from './in-memory-job-table.ts';

export class InMemoryJobHistory implements JobHistory {
  readonly #table: InMemoryJobTable;

  constructor(table: InMemoryJobTable) {
    this.#table = table;
  }

  async ofJob(id: JobId, page: HistoryPage, signal: AbortSignal): Promise<readonly KeptEvent[]> {
    signal.throwIfAborted();
    return this.#after(page, id);
  }

  async all(page: HistoryPage, signal: AbortSignal): Promise<readonly KeptEvent[]> {
    signal.throwIfAborted();
    return this.#after(page);
  }

  async end(signal: AbortSignal): Promise<HistoryCursor> {
    signal.throwIfAborted();
    return String(this.#table.history.length) as HistoryCursor;
  }

  #after({ after, limit }: HistoryPage, id?: JobId): readonly KeptEvent[] {
    return this.#table.history
      .map((event, index) => ({ ...event, cursor: String(index + 1) as HistoryCursor }))
      .slice(Number(after ?? 0))
      .filter(({ jobId }) => (id === undefined || jobId === id) && this.#table.get(jobId) !== undefined)
      .slice(0, limit);
  }
}
