import { ok } from '#kernel';
import { expectOk, SequentialIds } from '#kernel/testing';
import { asOpenTransaction, schemaDrift, TypeOrmTransaction } from '#platform/database';
import { JobAdmission } from '#scheduling/application';
import {
  jobQueueContract,
  jobReaderContract,
  JobBuilder,
  jobsOf,
  type EngineUnderTest,
} from '#scheduling/application/testing';
import { jobsWithinContract } from '#scheduling/contracts/testing';
import { DatabaseTest } from '#testing/database';
import { expect } from 'chai';
import { PostgresJobQueue } from './postgres-job-queue.ts';
import { PostgresJobsWithin } from './postgres-jobs.ts';
import { PostgresSchedulerControl } from './postgres-scheduler-control.ts';
import { ClockTime, DatabaseTime } from './queue-time.ts';
import { schedulingSchema } from './scheduling-schema.ts';
import { TypeOrmJobReader } from './typeorm-job-reader.ts';

const capacity = 50;

class PostgresEngineTest extends DatabaseTest {
  protected override schemas() {
    return [schedulingSchema];
  }

  protected override races() {
    return true;
  }

  engine(): EngineUnderTest {
    const { clock, signal, database } = this;
    const admission = new JobAdmission({ names: () => ['test.run'] }, new SequentialIds(), clock);
    const transaction = new TypeOrmTransaction(database.source, asOpenTransaction);
    return {
      clock,
      signal,
      database,
      capacity,
      queue: new PostgresJobQueue(database.source, new ClockTime(clock), { capacity }),
      control: new PostgresSchedulerControl(database.source, new ClockTime(clock), { capacity }),
      reader: new TypeOrmJobReader(database.source),
      jobs: new PostgresJobsWithin(admission, { capacity }),
      inTransaction: async (work, until) =>
        expectOk(await transaction.run(async (joined) => ok(await work(joined)), until)),
    };
  }
}

const t = PostgresEngineTest.install();

describe('the PostgreSQL engine', () => {
  const open = t.opens(({ engine }) => engine());

  jobQueueContract.holdsFor(PostgresJobQueue, open);
  jobReaderContract.holdsFor(TypeOrmJobReader, open);
  jobsWithinContract.holdsFor(
    PostgresJobsWithin,
    t.opens(({ engine }) => jobsOf(engine())),
  );

  it(
    'has the table that its rows describe',
    t.test(async ({ database }) => {
      expect(await schemaDrift(database.source)).to.deep.equal([]);
    }),
  );

  it(
    'measures leases by the database, whatever the clock of the worker shows',
    t.test(async ({ database, engine, signal }) => {
      const { reader } = engine();
      const queue = new PostgresJobQueue(database.source, new DatabaseTime());
      const job = new JobBuilder(new Date('2020-01-01T00:00:00.000Z')).queued();
      await queue.submit(job, signal);

      await queue.claim({ types: ['test.run'], worker: 'w1', limit: 1, leaseMs: 60_000 }, signal);

      const [{ left }] = await database.source.query<[{ left: number }]>(
        'SELECT extract(epoch FROM lease_expires_at - now())::float AS left FROM jobs',
      );
      expect(left).to.be.within(1, 60);
      expect(await reader.find(job.snapshot().id, signal)).to.include({ state: 'running' });
    }),
  );
});
