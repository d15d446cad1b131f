import { RecordingJournal } from '#scheduling/application/testing';
import { TestDatabase } from '#testing/database';
import { expect } from 'chai';
import { PostgresJobHistory } from './database/postgres-job-history.ts';
import { PostgresJobNotices } from './database/postgres-job-notices.ts';
import { PostgresJobQueue } from './database/postgres-job-queue.ts';
import { ClockTime } from './database/queue-time.ts';
import { schedulingSchema } from './database/scheduling-schema.ts';
import { TypeOrmJobReader } from './database/typeorm-job-reader.ts';
import { LiveJobsTest } from './testing/live-jobs-test.ts';
import { liveWorkflows } from './testing/live-workflows.ts';

class PostgresLiveJobsTest extends LiveJobsTest {
  readonly database = this.part(new TestDatabase([schedulingSchema], { rung: 'clone', races: true }));

  override readonly engine = () => {
    const { clock } = this;
    const { source } = this.database;
    const time = new ClockTime(clock);
    const parts = { source, clock, randomness: { fraction: () => 0.5 }, journal: new RecordingJournal() };
    return {
      queue: new PostgresJobQueue(source, time, { capacity: 100 }),
      history: new PostgresJobHistory(source),
      notices: new PostgresJobNotices(parts),
      reader: new TypeOrmJobReader(source),
    };
  };

  protected override application() {
    const { listen, close } = super.application();
    return { listen, close: () => close().then(() => this.#untilIdle()) };
  }

  /** What was read for a client that has gone is cancelled, on a connection that nobody waits for. */
  async #untilIdle(): Promise<void> {
    const others = `SELECT count(*)::int AS busy FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend' AND state = 'active'`;
    for (let looks = 0; looks < 1_000; looks += 1) {
      const [{ busy }] = await this.database.source.query<[{ busy: number }]>(others);
      if (busy === 0) return;
    }
  }
}

const t = PostgresLiveJobsTest.install();

describe('Jobs in PostgreSQL, followed,', function () {
  this.timeout(20_000);
  liveWorkflows(t);

  it(
    'are told of by a transaction that began first and commits last, too, in the order that clients resume by',
    t.test(async ({ submit, follow, until, database, engine, signal }) => {
      const ids = [await submit(), await submit()];
      const client = await follow('/jobs/events');
      await until('the beginning', () => client.events.length > 0);
      const known = client.events.length;
      const late = `INSERT INTO job_events (job_id, at, kind, state, attempt) VALUES ($1, now(), 'progressed', 'queued', 0)`;

      await database.source.transaction(async (older) => {
        await older.query(late, [ids[0]]);
        await engine().queue.cancel({ id: ids[1]!, by: 'ada', reason: null }, signal);
        // One job is not held back by the transaction of another.
        const one = await follow(`/jobs/${ids[1]}/events`);
        await until('the end of the one', () => one.names.includes('cancelled'));
        expect(client.names.slice(known)).to.not.include('cancelled');
      });
      await until('both', () => client.names.includes('cancelled'));

      expect(client.names.slice(-2)).to.deep.equal(['progressed', 'cancelled']);
    }),
  );
});
