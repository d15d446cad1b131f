import type { NewEvent } from '#notifications/contracts';
import {
  aSchedule,
  endedJobsContract,
  jobHistoryContract,
  JobBuilder,
  jobNoticesContract,
  RecordingJournal,
  schedulerControlContract,
  workerRegistryContract,
} from '#scheduling/application/testing';
import type { JobId } from '#scheduling/domain';
import { DatabaseTest } from '#testing/database';
import { expect } from 'chai';
import { DataSource } from 'typeorm';
import { DeafProxy } from '../testing/deaf-proxy.ts';
import { PostgresEndedJobs } from './postgres-ended-jobs.ts';
import { PostgresJobHistory } from './postgres-job-history.ts';
import { PostgresJobNotices } from './postgres-job-notices.ts';
import { PostgresJobQueue } from './postgres-job-queue.ts';
import { PostgresSchedulerControl } from './postgres-scheduler-control.ts';
import { PostgresWorkerRegistry } from './postgres-worker-registry.ts';
import { ClockTime } from './queue-time.ts';
import { rowOf, scheduleRow } from './schedule.row.ts';
import { schedulingSchema } from './scheduling-schema.ts';
import { TypeOrmJobReader } from './typeorm-job-reader.ts';

const LISTENERS = `SELECT pid FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()`;

class PostgresSchedulerTest extends DatabaseTest {
  readonly journal = new RecordingJournal();

  scheduler() {
    const { clock, signal, journal } = this;
    const { source } = this.database;
    const time = new ClockTime(clock);
    const capacity = 100;
    return {
      ...{ clock, signal, capacity },
      queue: new PostgresJobQueue(source, time, { capacity }),
      reader: new TypeOrmJobReader(source),
      control: new PostgresSchedulerControl(source, time, { capacity }),
      registry: new PostgresWorkerRegistry(source, time),
      history: new PostgresJobHistory(source),
      ended: new PostgresEndedJobs(source, time),
      scheduled: async (jobId: JobId) => {
        const lastRun = { tick: clock.now(), jobId };
        await source.manager.insert(scheduleRow, rowOf(aSchedule({ lastRun, nextTick: null })) as never);
      },
      database: this.database,
      notices: new PostgresJobNotices({ source, clock, journal, randomness: { fraction: () => 0 } }),
      until: (what: string, probe: () => Promise<boolean>) => this.until(what, probe),
    };
  }

  async until(what: string, probe: () => Promise<boolean>): Promise<void> {
    await this.eventually({ what, probe, within: 15_000 });
  }

  protected override schemas() {
    return [schedulingSchema];
  }

  protected override races() {
    return true;
  }
}

const t = PostgresSchedulerTest.install();

describe('the scheduler in PostgreSQL', () => {
  const open = t.opens(({ scheduler }) => scheduler());

  endedJobsContract.holdsFor(PostgresEndedJobs, open);
  jobHistoryContract.holdsFor(PostgresJobHistory, open);
  jobNoticesContract.holdsFor(PostgresJobNotices, open);
  schedulerControlContract.holdsFor(PostgresSchedulerControl, open);
  workerRegistryContract.holdsFor(PostgresWorkerRegistry, open);

  it(
    'tells no event before those of transactions that are older and still open, and skips none',
    t.test(async ({ scheduler, database, clock, signal, until }) => {
      const { queue, history } = scheduler();
      const build = new JobBuilder(clock.now());
      const [first, second] = [build.queued(), build.queued()];
      const ids = [first, second].map((job) => job.snapshot().id);
      await queue.submit(first, signal);
      const begin = await history.end(signal);

      const during = await database.source.transaction(async (older) => {
        const early = `INSERT INTO job_events (job_id, at, kind, state, attempt) VALUES ($1, now(), 'progressed', 'queued', 0)`;
        await older.query(early, [ids[0]]);
        await queue.submit(second, signal);
        return history.all({ limit: 10, after: begin }, signal);
      });
      await until('both events', async () => (await history.all({ limit: 10, after: begin }, signal)).length >= 2);
      const events = await history.all({ limit: 10, after: begin }, signal);

      expect(during.map(({ kind, jobId }) => [kind, jobId])).to.not.deep.include(['submitted', ids[1]]);
      const told = events.map(({ jobId, kind }) => `${kind} ${jobId}`).slice(-2);
      expect(told).to.deep.equal([`progressed ${ids[0]}`, `submitted ${ids[1]}`]);
    }),
  );

  it(
    'listens again when its connection was cut',
    t.test(async ({ scheduler, database, clock, signal, until, journal }) => {
      const { notices, queue } = scheduler();
      const build = new JobBuilder(clock.now());
      const heard: string[] = [];
      const stop = new AbortController();
      const listening = notices.listen(({ id }) => void heard.push(id), stop.signal);
      const listens = async () => {
        await clock.advance(100);
        return (await database.source.query<unknown[]>(LISTENERS)).length === 1;
      };
      await until('a listener', listens);

      await database.source.query(`SELECT pg_terminate_backend(pid, 5000) FROM (${LISTENERS}) AS listeners`);
      await until('the loss to be told', async () => journal.kinds.includes('QueueFailed'));
      await until('a listener again', listens);
      const job = build.queued();
      await queue.submit(job, signal);
      await until('the notice', async () => heard.includes(job.snapshot().id));
      stop.abort();
      await listening;
    }),
  ).timeout(30_000);

  it(
    'listens again when its connection is half open, which only a question tells',
    t.test(async ({ scheduler, database, clock, signal, until, journal, use }) => {
      const proxy = await use(DeafProxy.before(database.url));
      const source = new DataSource({ type: 'postgres', url: proxy.url });
      const notices = new PostgresJobNotices({ source, clock, journal, randomness: { fraction: () => 0 } });
      const heard: string[] = [];
      const stop = new AbortController();
      const listening = notices.listen(({ id }) => void heard.push(id), stop.signal);
      const listeners = async (): Promise<number> => (await database.source.query<unknown[]>(LISTENERS)).length;
      await until('a listener', async () => (await listeners()) === 1);

      proxy.goDeaf();
      await clock.advance(24_000);
      const before = [...journal.kinds];
      await clock.advance(1_000);
      await until('the loss to be told', async () => journal.kinds.includes('QueueFailed'));
      await until('a listener again', async () => {
        await clock.advance(100);
        return (await listeners()) === 2;
      });
      const job = new JobBuilder(clock.now()).queued();
      await scheduler().queue.submit(job, signal);
      await until('the notice', async () => heard.includes(job.snapshot().id));
      stop.abort();
      await listening;

      expect(before).to.deep.equal([]);
    }),
  ).timeout(30_000);

  it(
    'keeps to a capacity that was lowered, whatever places there are from before',
    t.test(async ({ database, clock, signal }) => {
      const queueOf = (capacity: number) => new PostgresJobQueue(database.source, new ClockTime(clock), { capacity });
      const build = new JobBuilder(clock.now());
      for (let n = 0; n < 2; n += 1) await queueOf(50).submit(build.queued(), signal);

      const lowered = await queueOf(2).submit(build.queued(), signal);
      const raised = await queueOf(3).submit(build.queued(), signal);

      expect([lowered.ok, raised.ok]).to.deep.equal([false, true]);
    }),
  );

  it(
    'tells the outbox of a job that is parked, with the change itself, and of no other',
    t.test(async ({ database, clock, signal }) => {
      const events: NewEvent[] = [];
      const outbox = { join: () => ({ record: async (event: NewEvent) => void events.push(event) }) };
      const queue = new PostgresJobQueue(database.source, new ClockTime(clock), { capacity: 10, outbox });
      const build = new JobBuilder(clock.now());
      const jobs = [build.queued({ maxAttempts: 1 }), build.queued({ maxAttempts: 2 })];
      for (const job of jobs) await queue.submit(job, signal);
      await queue.claim({ types: ['test.run'], worker: 'w1', limit: 2, leaseMs: 1_000 }, signal);
      await clock.advance(1_000);

      await queue.sweepExpired(10, signal);

      const subject = jobs[0]!.snapshot().id;
      const data = { jobId: subject, type: 'test.run', attempts: 1 };
      expect(events).to.deep.equal([{ type: 'job.parked', subject, data }]);
    }),
  );
});
