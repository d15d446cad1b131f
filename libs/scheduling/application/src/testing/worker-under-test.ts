import type { Json, Result } from '#kernel';
import type { ManualClock } from '#kernel/testing';
import type { JobAttempt, JobFailure, JobHandler, JobRun } from '#scheduling/contracts';
import type { JobId, JobSnapshot, ProposedJob } from '#scheduling/domain';
import { SweepExpiredLeases } from '../use-cases/sweep-expired-leases.ts';
import { JobWorker } from '../worker/job-worker.ts';
import type { WorkerSettings } from '../worker/worker-settings.ts';
import { InMemoryJobQueue } from './in-memory-job-queue.ts';
import { InMemoryJobReader } from './in-memory-job-reader.ts';
import { InMemoryJobTable } from './in-memory-job-table.ts';
import { InMemoryJobNotices, InMemoryWorkerRegistry } from './in-memory-scheduler.ts';
import { JobBuilder } from './job-builder.ts';
import { RecordingJournal } from './recording-journal.ts';

export type Handle = (attempt: JobAttempt, signal: AbortSignal, run: JobRun) => Promise<Result<Json, JobFailure>>;

export type WorkerOptions = Partial<WorkerSettings> & {
  /** Hears of cancellations by heartbeats only. */
  readonly deafToNotices?: boolean;
  /** Of the places that jobs of the type test.hang may have; there is a handler for them only where this is given. */
  readonly share?: number;
};

const settings: WorkerSettings = {
  name: 'w1',
  concurrency: 2,
  leaseMs: 15_000,
  pollMs: 250,
  graceMs: 20_000,
  patienceMs: 5_000,
  answerMs: 5_000,
};

/** A worker over the in-memory engine, in a time that the test moves. Chance always says one half. */
export class WorkerUnderTest {
  readonly clock: ManualClock;
  readonly #table = new InMemoryJobTable();
  readonly queue: InMemoryJobQueue;
  readonly journal = new RecordingJournal();
  readonly #reader = new InMemoryJobReader(this.#table);
  readonly #build: JobBuilder;
  readonly #stop = new AbortController();
  readonly #worker: JobWorker;
  #running: Promise<void> | null = null;

  constructor(handle: Handle, { deafToNotices = false, share, ...overrides }: WorkerOptions, clock: ManualClock) {
    this.clock = clock;
    this.queue = new InMemoryJobQueue(clock, this.#table);
    this.#build = new JobBuilder(clock.now());
    const handlers: JobHandler[] = [{ type: 'test.run', handle: (attempt, run) => handle(attempt, run.signal, run) }];
    if (share !== undefined) {
      handlers.push({ type: 'test.hang', share, handle: (attempt, run) => handle(attempt, run.signal, run) });
    }
    const sweep = new SweepExpiredLeases(this.queue, this.journal);
    const randomness = { fraction: () => 0.5 };
    const types = { names: () => ['test.run', 'test.hang'] };
    const notices = new InMemoryJobNotices(deafToNotices ? new InMemoryJobTable() : this.#table);
    const registry = new InMemoryWorkerRegistry(clock);
    const { queue, journal } = this;
    const parts = { handlers, types, sweep, randomness, notices, registry, queue, clock, journal };
    this.#worker = new JobWorker(parts, { ...settings, ...overrides });
  }

  async submit(proposed: Partial<ProposedJob> = {}): Promise<JobId> {
    const job = this.#build.queued(proposed);
    await this.queue.submit(job, new AbortController().signal);
    return job.snapshot().id;
  }

  /** Begins to work, and lets it go as far as it gets without time passing. */
  async start(): Promise<void> {
    this.#running = this.#worker.run(this.#stop.signal);
    await this.clock.advance(0);
  }

  /** Resolves when the worker has ended. */
  stop(): Promise<void> {
    this.#stop.abort(new Error('told to stop'));
    return this.#running ?? Promise.resolve();
  }

  async find(id: JobId): Promise<JobSnapshot | null> {
    return this.#reader.find(id, new AbortController().signal);
  }

  /** How often the queue was told how far the job has come. */
  toldOf(id: JobId): number {
    return this.#table.history.filter(({ jobId, kind }) => jobId === id && kind === 'progressed').length;
  }
}
