import type { Clock } from '#kernel';
import type { EndedJobs, EndedLongAgo } from '../ports/ended-jobs.ts';
import type { InMemoryJobTable } from './in-memory-job-table.ts';
import type { InMemoryScheduleTable } from './in-memory-schedule-table.ts';

export class InMemoryEndedJobs implements EndedJobs {
  readonly #clock: Clock;
  readonly #jobs: InMemoryJobTable;
  readonly #schedules: InMemoryScheduleTable;

  constructor(clock: Clock, jobs: InMemoryJobTable, schedules: InMemoryScheduleTable) {
    this.#clock = clock;
    this.#jobs = jobs;
    this.#schedules = schedules;
  }

  async remove({ forMs, limit }: EndedLongAgo, signal: AbortSignal): Promise<number> {
    signal.throwIfAborted();
    const before = this.#clock.now().getTime() - forMs;
    const latest = new Set<string | undefined>(this.#schedules.all().map(({ lastRun }) => lastRun?.jobId));
    const over = this.#jobs
      .snapshots()
      .flatMap((job) => ('finishedAt' in job ? [{ id: job.id, endedAt: job.finishedAt.getTime() }] : []))
      .filter(({ id, endedAt }) => endedAt <= before && !latest.has(id) && !this.#jobs.locks.isLocked(id))
      .sort((one, other) => one.endedAt - other.endedAt || (one.id < other.id ? -1 : 1))
      .slice(0, limit);
    for (const { id } of over) this.#jobs.remove(id);
    return over.length;
  }
}
