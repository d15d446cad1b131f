import { expectOk, SequentialIds } from '#kernel/testing';
import { ok } from '#kernel';
import { asOpenTransaction, TypeOrmTransaction } from '#platform/database';
import { JobAdmission } from '#scheduling/application';
import { unfinishedJobsContract } from '#scheduling/contracts/testing';
import { DatabaseTest } from '#testing/database';
import { PostgresJobQueue } from './postgres-job-queue.ts';
import { PostgresJobsWithin } from './postgres-jobs.ts';
import { ClockTime } from './queue-time.ts';
import { schedulingSchema } from './scheduling-schema.ts';
import { TypeOrmUnfinishedJobs } from './typeorm-unfinished-jobs.ts';

class UnfinishedTest extends DatabaseTest {
  readonly #ids = new SequentialIds();

  get under() {
    const { clock, signal } = this;
    const { source } = this.database;
    const jobs = new PostgresJobsWithin(new JobAdmission({ names: () => ['test.run'] }, this.#ids, clock));
    const transaction = new TypeOrmTransaction(source, asOpenTransaction);
    const queue = new PostgresJobQueue(source, new ClockTime(clock));
    const job = async (state: 'waiting' | 'running' | 'ended') => {
      const request = { type: 'test.run', payload: null };
      const submitted = await transaction.run(async (open) => ok(await jobs.join(open).submit(request)), signal);
      const id = expectOk(expectOk(submitted));
      if (state === 'waiting') return id;
      const [claimed] = await queue.claim({ types: ['test.run'], worker: 'w1', limit: 1, leaseMs: 60_000 }, signal);
      if (state === 'ended') await queue.complete(claimed!.lease, null, signal);
      return id;
    };
    return { unfinished: new TypeOrmUnfinishedJobs(source), signal, job };
  }

  protected override schemas() {
    return [schedulingSchema];
  }
}

const t = UnfinishedTest.install();

unfinishedJobsContract.holdsFor(
  TypeOrmUnfinishedJobs,
  t.opens(({ under }) => under),
);
