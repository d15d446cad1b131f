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
    return cursorOf(this.#table.history.length);
  }

  #after({ after, limit }: HistoryPage, id?: JobId): readonly KeptEvent[] {
    return this.#table.history
      .map((event, index) => ({ ...event, type: this.#typeOf(event.jobId), cursor: cursorOf(index + 1) }))
      .slice(Number(after?.split('.')[1] ?? 0))
      .filter(({ jobId }) => (id === undefined || jobId === id) && this.#table.get(jobId) !== undefined)
      .slice(0, limit);
  }

  #typeOf(id: JobId): string {
    return this.#table.get(id)?.snapshot().type ?? '';
  }
}

/** All is one transaction: events are told in the order in which they were written. */
function cursorOf(count: number): HistoryCursor {
  return `0.${count}` as HistoryCursor;
}
