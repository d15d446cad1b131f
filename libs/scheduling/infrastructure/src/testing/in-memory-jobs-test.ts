import { JobAdmission, JobQueue } from '#scheduling/application';
import { InMemoryJobQueue, InMemoryJobsWithin, InMemoryJobTable } from '#scheduling/application/testing';
import { JobsWithin, type JobId } from '#scheduling/contracts';
import type { JobSnapshot } from '#scheduling/domain';
import { expect } from 'chai';
import { inMemoryLedger } from './in-memory-ledger.ts';
import { LedgerTransaction, type LedgerEntry } from './ledger.ts';
import { WiredJobsTest } from './wired-jobs-test.ts';

/** The worker's module with a mock for each adapter that keeps something. */
export class InMemoryJobsTest extends WiredJobsTest {
  readonly #table = new InMemoryJobTable();
  readonly #entries: LedgerEntry[] = [];

  async job(id: JobId): Promise<JobSnapshot> {
    return this.#table.get(id)?.snapshot() ?? expect.fail(`Expected a job ${id}.`);
  }

  async entries(): Promise<readonly LedgerEntry[]> {
    return this.#entries;
  }

  protected override async setUp(): Promise<void> {
    const kept = { table: this.#table, entries: this.#entries };
    this.override(JobQueue, new InMemoryJobQueue(this.clock, kept.table));
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
