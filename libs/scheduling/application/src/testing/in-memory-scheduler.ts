import type { Clock } from '#kernel';
import type { JobNotice, JobNotices } from '../ports/job-notices.ts';
import type { AliveWorker, SchedulerControl, SchedulerState } from '../ports/scheduler-control.ts';
import type { WorkerRegistry, WorkerReport } from '../ports/worker-registry.ts';
import type { InMemoryJobTable } from './in-memory-job-table.ts';

/** Who works here, in memory. */
export class InMemoryWorkerRegistry implements WorkerRegistry {
  readonly #clock: Clock;
  readonly #workers = new Map<string, AliveWorker & { readonly until: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async report({ name, concurrency, running, aliveMs }: WorkerReport, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const seenAt = this.#clock.now();
    const since = this.#workers.get(name)?.since ?? seenAt;
    this.#workers.set(name, { name, concurrency, running, since, seenAt, until: seenAt.getTime() + aliveMs });
  }

  async leave(name: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.#workers.delete(name);
  }

  alive(): readonly AliveWorker[] {
    const now = this.#clock.now().getTime();
    const alive = [...this.#workers.values()].filter(({ until }) => until > now);
    return alive.map(({ until, ...worker }) => worker).sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}

export class InMemorySchedulerControl implements SchedulerControl {
  readonly #clock: Clock;
  readonly #table: InMemoryJobTable;
  readonly #workers: InMemoryWorkerRegistry;

  constructor(clock: Clock, table: InMemoryJobTable, workers: InMemoryWorkerRegistry) {
    this.#clock = clock;
    this.#table = table;
    this.#workers = workers;
  }

  async pause(by: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.#table.paused ??= { by, since: this.#clock.now() };
  }

  async resume(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.#table.paused = null;
  }

  async state(signal: AbortSignal): Promise<SchedulerState> {
    signal.throwIfAborted();
    const alive = this.#table.snapshots().filter(({ state }) => state === 'queued' || state === 'running');
    const names = [...new Set(alive.map(({ type }) => type))].sort();
    const count = (type: string, state: string): number =>
      alive.filter((job) => job.type === type && job.state === state).length;
    const types = names.map((type) => ({ type, waiting: count(type, 'queued'), running: count(type, 'running') }));
    const now = this.#clock.now();
    const due = alive
      .filter(({ state, dueAt }) => state === 'queued' && dueAt <= now)
      .map(({ dueAt }) => dueAt.getTime());
    const oldestWaiting = due.length === 0 ? null : new Date(Math.min(...due));
    const { paused, capacity } = this.#table;
    return { paused, workers: this.#workers.alive(), types, oldestWaiting, capacity };
  }
}

/** Hints of what happens in a table of jobs in memory. */
export class InMemoryJobNotices implements JobNotices {
  readonly #table: InMemoryJobTable;

  constructor(table: InMemoryJobTable) {
    this.#table = table;
  }

  async listen(onNotice: (notice: JobNotice) => void, stop: AbortSignal): Promise<void> {
    if (stop.aborted) return;
    using _ = this.#table.listen(onNotice);
    const { promise, resolve } = Promise.withResolvers<void>();
    stop.addEventListener('abort', () => resolve(), { once: true });
    await promise;
  }
}
