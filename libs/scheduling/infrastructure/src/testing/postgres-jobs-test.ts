import { poolUsage } from '#platform/database';
import { JobNotices, WorkerRegistry } from '#scheduling/application';
import { InMemoryJobNotices, InMemoryJobTable, InMemoryWorkerRegistry } from '#scheduling/application/testing';
import type { JobEvent, JobId, JobSnapshot } from '#scheduling/domain';
import { TestDatabase } from '#testing/database';
import { PostgresJobHistory } from '../database/postgres-job-history.ts';
import { ClockTime, QueueTime } from '../database/queue-time.ts';
import { schedulingSchema } from '../database/scheduling-schema.ts';
import { TypeOrmJobReader } from '../database/typeorm-job-reader.ts';
import type { LedgerEntry } from './ledger.ts';
import { ledgerEntries, ledgerSchema } from './postgres-ledger.ts';
import { WiredJobsTest } from './wired-jobs-test.ts';

/** The worker's module over PostgreSQL, in the time of the test. */
export class PostgresJobsTest extends WiredJobsTest {
  readonly database = this.part(new TestDatabase([schedulingSchema, ledgerSchema], { races: true }));

  async jobs(): Promise<readonly JobSnapshot[]> {
    return new TypeOrmJobReader(this.database.source).page({ limit: 100 }, this.signal);
  }

  async history(id: JobId): Promise<readonly JobEvent[]> {
    return new PostgresJobHistory(this.database.source).ofJob(id, { limit: 100 }, this.signal);
  }

  async entries(): Promise<readonly LedgerEntry[]> {
    return ledgerEntries(this.database.source);
  }

  protected override async setUp(): Promise<void> {
    this.override(QueueTime, new ClockTime(this.clock));
    // Nobody controls when a hint comes, or whether a report comes before a claim; no job depends on either.
    this.override(WorkerRegistry, new InMemoryWorkerRegistry(this.clock));
    this.override(JobNotices, new InMemoryJobNotices(new InMemoryJobTable()));
    await super.setUp();
  }

  /** What a caller has given up is still being undone on its connection when the caller goes on. */
  protected override async verify(): Promise<void> {
    const probe = (): boolean => poolUsage(this.database.source).checkedOut === 0;
    await this.eventually({ what: 'every connection to be given back', probe });
  }

  protected override modules() {
    return this.worker(this.database.source);
  }
}
