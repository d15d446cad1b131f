import type { JobId, JobSnapshot } from '#scheduling/domain';
import type { JobPage, JobReader, JobSort } from '../ports/job-reader.ts';
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

  async page(page: JobPage, signal: AbortSignal): Promise<readonly JobSnapshot[]> {
    signal.throwIfAborted();
    const { state, type, text, sort = '-submittedAt', after, limit } = page;
    const order = inOrder(sort);
    const last = after === undefined ? null : this.#table.get(after)?.snapshot();
    if (last === undefined) return [];
    return this.#table
      .snapshots()
      .filter((job) => (state ?? job.state) === job.state && (type ?? job.type) === job.type)
      .filter(
        ({ failure }) => text === undefined || failure?.reason.toLowerCase().includes(text.toLowerCase()) === true,
      )
      .filter((job) => last === null || order(last, job) < 0)
      .sort(order)
      .slice(0, limit);
  }
}

function inOrder(sort: JobSort): (a: JobSnapshot, b: JobSnapshot) => number {
  const sign = sort.startsWith('-') ? -1 : 1;
  const valueOf = { submittedAt: () => 0, dueAt: (job: JobSnapshot) => job.dueAt.getTime(), priority: priorityOf };
  const value = valueOf[sort.replace('-', '') as keyof typeof valueOf];
  return (a, b) => sign * (value(a) - value(b) || (a.id === b.id ? 0 : a.id < b.id ? -1 : 1));
}

function priorityOf({ priority }: JobSnapshot): number {
  return priority;
}
