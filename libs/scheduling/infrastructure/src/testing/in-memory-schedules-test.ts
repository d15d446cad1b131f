import { JobAdmission, ScheduleReader, SchedulesTransaction } from '#scheduling/application';
import {
  InMemoryJobsWithin,
  InMemoryJobTable,
  InMemoryScheduleReader,
  InMemorySchedulesTransaction,
  InMemoryScheduleTable,
} from '#scheduling/application/testing';
import { JobsWithin } from '#scheduling/contracts';
import type { JobSnapshot } from '#scheduling/domain';
import { WiredSchedulesTest } from './wired-schedules-test.ts';

/** Schedules with a mock for each adapter that keeps something. */
export class InMemorySchedulesTest extends WiredSchedulesTest {
  readonly #jobs = new InMemoryJobTable();
  readonly #table = new InMemoryScheduleTable();

  async jobs(): Promise<readonly JobSnapshot[]> {
    return this.#jobs.snapshots();
  }

  /** Open transactions die with their process. */
  override async crash(): Promise<void> {
    await super.crash();
    this.#jobs.crash();
    this.#table.locks.unlockAll();
  }

  protected override async setUp(): Promise<void> {
    this.#jobs.capacity = this.capacity;
    const [jobs, table, clock] = [this.#jobs, this.#table, this.wallClock];
    this.overrideWith(JobsWithin, (bind) =>
      bind.toResolvedValue((admission) => new InMemoryJobsWithin(jobs, admission), [JobAdmission]),
    );
    this.overrideWith(SchedulesTransaction, (bind) =>
      bind.toResolvedValue((within) => new InMemorySchedulesTransaction({ table, clock, jobs: within }), [JobsWithin]),
    );
    this.override(ScheduleReader, new InMemoryScheduleReader(table));
    await super.setUp();
  }
}
