import { poolUsage } from '#platform/database';
import type { JobSnapshot } from '#scheduling/domain';
import { TestDatabase } from '#testing/database';
import type { DataSource } from 'typeorm';
import { schedulingSchema } from '../database/scheduling-schema.ts';
import { TypeOrmJobReader } from '../database/typeorm-job-reader.ts';
import { WiredSchedulesTest } from './wired-schedules-test.ts';

/** Schedules over PostgreSQL, in the time of the test. */
export class PostgresSchedulesTest extends WiredSchedulesTest {
  readonly database = this.part(new TestDatabase(schedulingSchema, { races: true }));

  async jobs(): Promise<readonly JobSnapshot[]> {
    return new TypeOrmJobReader(this.database.source).page({ limit: 100 }, this.signal);
  }

  /** What a caller has given up is still being undone on its connection when the caller goes on. */
  protected override async verify(): Promise<void> {
    const probe = (): boolean => poolUsage(this.database.source).checkedOut === 0;
    await this.eventually({ what: 'every connection to be given back', probe });
  }

  protected override source(): DataSource {
    return this.database.source;
  }
}
