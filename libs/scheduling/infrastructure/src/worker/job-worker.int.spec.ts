import { ok } from '#kernel';
import { poolUsage } from '#platform/database';
import { JobWorker, SweepExpiredLeases, usualWorkerSettings } from '#scheduling/application';
import {
  InMemoryJobNotices,
  InMemoryJobTable,
  InMemoryWorkerRegistry,
  JobBuilder,
  RecordingJournal,
} from '#scheduling/application/testing';
import { DatabaseTest } from '#testing/database';
import { expect } from 'chai';
import { PostgresJobQueue } from '../database/postgres-job-queue.ts';
import { ClockTime } from '../database/queue-time.ts';
import { schedulingSchema } from '../database/scheduling-schema.ts';
import { TypeOrmJobReader } from '../database/typeorm-job-reader.ts';
import { SystemRandomness } from './system-randomness.ts';

const WAITING = `SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'jobs'::regclass
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
const CUT = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid()`;

/** A worker in the time of the test, in a database whose connections can be cut without anybody else noticing. */
class WorkerOnPostgresTest extends DatabaseTest {
  protected override schemas() {
    return [schedulingSchema];
  }

  protected override rung() {
    return 'clone' as const;
  }

  employ() {
    const { clock, database } = this;
    const queue = new PostgresJobQueue(database.source, new ClockTime(clock));
    const journal = new RecordingJournal();
    const worker = new JobWorker(
      {
        handlers: [{ type: 'test.run', handle: async () => ok('in spite of it') }],
        types: { names: () => ['test.run'] },
        sweep: new SweepExpiredLeases(queue, journal),
        randomness: new SystemRandomness(),
        notices: new InMemoryJobNotices(new InMemoryJobTable()),
        registry: new InMemoryWorkerRegistry(clock),
        queue,
        clock,
        journal,
      },
      { ...usualWorkerSettings, name: 'w1' },
    );
    const end = new AbortController();
    const running = worker.run(end.signal);
    const stop = (): Promise<void> => {
      end.abort();
      return clock.runUntil(() => running);
    };
    this.defer(stop);
    return { queue, journal, stop, reader: new TypeOrmJobReader(database.source) };
  }

  /** Lets time pass, slower than real time: a busy machine must not look like a dead database. */
  async untilWaiting(query: (sql: string) => Promise<readonly unknown[]>): Promise<void> {
    const probe = async (): Promise<boolean> => {
      await this.clock.advance(10);
      return (await query(WAITING)).length > 0;
    };
    await this.eventually({ what: 'the worker to wait for the table', probe, within: 15_000 });
  }
}

const t = WorkerOnPostgresTest.install();

describe('JobWorker on PostgreSQL', () => {
  it(
    'goes on when the server cuts the connections it is waiting on, and keeps none of them',
    t.test(async ({ employ, database, clock, signal, untilWaiting, completion }) => {
      const { queue, journal, stop, reader } = employ();

      await database.source.transaction(async (other) => {
        await other.query('LOCK TABLE jobs IN ACCESS EXCLUSIVE MODE');
        await untilWaiting((sql) => other.query(sql));
        await other.query(CUT);
      });
      const job = new JobBuilder(clock.now()).queued();
      await queue.submit(job, signal);
      await completion({
        what: 'the job to be done',
        probe: () => reader.find(job.snapshot().id, signal),
        done: ({ state }) => state === 'succeeded',
        failed: ({ state }) => state === 'failed',
      });
      await stop();

      expect(journal.kinds).to.include('QueueFailed');
      expect(poolUsage(database.source)).to.include({ checkedOut: 0, waiting: 0 });
    }),
  ).timeout(30_000);
});
