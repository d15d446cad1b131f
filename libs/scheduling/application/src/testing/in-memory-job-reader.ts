import type { JobId, JobSnapshot } from '#scheduling/domain';
import type { JobPage, JobReader } from '../ports/job-reader.ts';
import type { InMemoryJobTable } from './in-memory-job-table.ts';

export class InMemoryJobReader implements JobReader {
  readonly #table: InMemoryJobTable;

  constructor(table: InMemoryJobTable) {
    this.#table = table;
  }

  async find(id: JobId, signal: AbortSignal): Promise<JobSnapshot | null> {
    signal.throwIfAborted();
    return this.#table.get(id)?.snapshot() ?? null;
  }

  async page({ state, after, limit }: JobPage, signal: AbortSignal): Promise<readonly JobSnapshot[]> {
    signal.throwIfAborted();
    return this.#table
      .snapshots()
      .filter((job) => (state === undefined || job.state === state) && (after === undefined || job.id < after))
      .sort((a, b) => (a.id < b.id ? 1 : -1))
      .slice(0, limit);
  }
}
