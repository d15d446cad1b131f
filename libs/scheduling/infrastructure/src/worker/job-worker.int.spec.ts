import { ok } from '#kernel';
import { ManualClock } from '#kernel/testing';
import { poolUsage } from '#platform/database';
import { JobWorker, SweepExpiredLeases, usualWorkerSettings } from '#scheduling/application';
import { JobBuilder, RecordingJournal } from '#scheduling/application/testing';
import { useDatabase } from '#testing/database';
import { eventually } from '#testing/lifecycle';
import { expect } from 'chai';
import { PostgresJobQueue } from '../database/postgres-job-queue.ts';
import { ClockTime } from '../database/queue-time.ts';
import { schedulingSchema } from '../database/scheduling-schema.ts';
import { TypeOrmJobReader } from '../database/typeorm-job-reader.ts';
import { SystemRandomness } from './system-randomness.ts';

const WAITING = `SELECT count(*)::int AS count FROM pg_locks WHERE NOT granted AND relation = 'jobs'::regclass`;
const CUT = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid()`;

describe('JobWorker on PostgreSQL', () => {
  const database = useDatabase(schedulingSchema);
  const signal = new AbortController().signal;

  function open() {
    const clock = new ManualClock();
    const queue = new PostgresJobQueue(database.source, new ClockTime(clock));
    const journal = new RecordingJournal();
    const worker = new JobWorker(
      {
        handlers: [{ type: 'test.run', handle: async () => ok('in spite of it') }],
        types: { names: () => ['test.run'] },
        sweep: new SweepExpiredLeases(queue, journal),
        randomness: new SystemRandomness(),
        queue,
        clock,
        journal,
      },
      { ...usualWorkerSettings, name: 'w1' },
    );
    return { clock, queue, journal, worker, reader: new TypeOrmJobReader(database.source) };
  }

  /** Lets the worker's time pass, slower than real time: a busy machine must not look like a dead database. */
  function passing(clock: ManualClock, what: string, holds: () => Promise<boolean>): Promise<true> {
    const probe = async (): Promise<boolean> => {
      await clock.advance(10);
      return holds();
    };
    return eventually({ what, probe, within: 15_000 }, signal);
  }

  it('goes on when the server cuts the connections it is waiting on, and keeps none of them', async function () {
    this.timeout(30_000);
    const { clock, queue, journal, worker, reader } = open();
    const stop = new AbortController();
    const running = worker.run(stop.signal);

    await database.source.transaction(async (other) => {
      await other.query('LOCK TABLE jobs IN ACCESS EXCLUSIVE MODE');
      await passing(clock, 'the worker to wait for the table', async () => {
        const [{ count }] = await other.query<[{ count: number }]>(WAITING);
        return count > 0;
      });
      await other.query(CUT);
    });
    const job = new JobBuilder(clock.now()).queued();
    await queue.submit(job, signal);
    await passing(clock, 'the job to be done', async () => {
      return (await reader.find(job.snapshot().id, signal))?.state === 'succeeded';
    });
    stop.abort();
    await running;

    expect(journal.kinds).to.include('QueueFailed');
    expect(poolUsage(database.source)).to.include({ checkedOut: 0, waiting: 0 });
  });
});
