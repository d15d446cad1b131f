import { poolUsage } from '#platform/database';
import { JobNotices } from '#scheduling/application';
import { InMemoryJobNotices, InMemoryJobTable } from '#scheduling/application/testing';
import type { JobSnapshot } from '#scheduling/domain';
import { TestDatabase } from '#testing/database';
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

  async entries(): Promise<readonly LedgerEntry[]> {
    return ledgerEntries(this.database.source);
  }

  protected override async setUp(): Promise<void> {
    this.override(QueueTime, new ClockTime(this.clock));
    // Nobody controls when a hint comes; without one the next heartbeat sees what there is to see.
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
