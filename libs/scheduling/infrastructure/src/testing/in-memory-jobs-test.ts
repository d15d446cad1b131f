import {
  EndedJobs,
  JobAdmission,
  JobNotices,
  JobQueue,
  SchedulerControl,
  WorkerRegistry,
} from '#scheduling/application';
import {
  InMemoryEndedJobs,
  InMemoryJobNotices,
  InMemoryJobQueue,
  InMemoryJobsWithin,
  InMemoryJobTable,
  InMemorySchedulerControl,
  InMemoryScheduleTable,
  InMemoryWorkerRegistry,
} from '#scheduling/application/testing';
import { JobsWithin } from '#scheduling/contracts';
import type { JobEvent, JobId, JobSnapshot } from '#scheduling/domain';
import { inMemoryLedger } from './in-memory-ledger.ts';
import { LedgerTransaction, type LedgerEntry } from './ledger.ts';
import { CAPACITY, WiredJobsTest } from './wired-jobs-test.ts';

/** The worker's module with a mock for each adapter that keeps something. */
export class InMemoryJobsTest extends WiredJobsTest {
  readonly #table = Object.assign(new InMemoryJobTable(), { capacity: CAPACITY });
  readonly #entries: LedgerEntry[] = [];

  async jobs(): Promise<readonly JobSnapshot[]> {
    return this.#table.snapshots();
  }

  async history(id: JobId): Promise<readonly JobEvent[]> {
    return this.#table.history.filter(({ jobId }) => jobId === id);
  }

  async entries(): Promise<readonly LedgerEntry[]> {
    return this.#entries;
  }

  /** A transaction dies with its process, and with it what it has locked. */
  override async crash(): Promise<void> {
    await super.crash();
    this.#table.crash();
  }

  protected override async setUp(): Promise<void> {
    const kept = { table: this.#table, entries: this.#entries };
    this.override(JobQueue, new InMemoryJobQueue(this.clock, kept.table));
    this.override(EndedJobs, new InMemoryEndedJobs(this.clock, kept.table, new InMemoryScheduleTable()));
    this.override(JobNotices, new InMemoryJobNotices(kept.table));
    const registry = new InMemoryWorkerRegistry(this.clock);
    this.override(WorkerRegistry, registry);
    this.override(SchedulerControl, new InMemorySchedulerControl(this.clock, kept.table, registry));
    this.overrideWith(JobsWithin, (bind) =>
      bind.toResolvedValue((admission) => new InMemoryJobsWithin(kept.table, admission), [JobAdmission]),
    );
    this.overrideWith(LedgerTransaction, (bind) =>
      bind.toResolvedValue((jobs) => inMemoryLedger(kept, jobs), [JobsWithin]),
    );
    await super.setUp();
  }

  protected override modules() {
    return this.worker();
  }
}
