import { poolUsage } from '#platform/database';
import { JobBuilder } from '#scheduling/application/testing';
import { DatabaseTest } from '#testing/database';
import { expect } from 'chai';
import sinon from 'sinon';
import { DatabaseTime } from './queue-time.ts';
import { PostgresJobQueue } from './postgres-job-queue.ts';
import { schedulingSchema } from './scheduling-schema.ts';
import { TypeOrmJobReader } from './typeorm-job-reader.ts';

const claim = { types: ['test.run'], worker: 'w1', limit: 10, leaseMs: 60_000 };
const WAITING = `SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'jobs'::regclass
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

/** Its tests lock the table and its rows against the claim. */
class ClaimTest extends DatabaseTest {
  protected override schemas() {
    return [schedulingSchema];
  }

  async withJobs(count: number) {
    const { source } = this.database;
    const queue = new PostgresJobQueue(source, new DatabaseTime());
    const build = new JobBuilder(this.clock.now());
    const jobs = Array.from({ length: count }, () => build.queued());
    for (const job of jobs) await queue.submit(job, this.signal);
    const ids = jobs.map((job) => job.snapshot().id);
    return { queue, reader: new TypeOrmJobReader(source), ids };
  }

  /** Has the caller give up as soon as a statement of that beginning is on its way. */
  abortAfter(statement: string, caller: AbortController): void {
    const { source } = this.database;
    const create = source.createQueryRunner.bind(source);
    const stub = sinon.stub(source, 'createQueryRunner').callsFake((mode) => {
      const runner = create(mode);
      const query = runner.query.bind(runner) as (sql: string, ...rest: unknown[]) => Promise<unknown>;
      runner.query = ((sql: string, ...rest: unknown[]) => {
        const answer = query(sql, ...rest);
        if (sql.trimStart().startsWith(statement)) caller.abort(new Error('gave up'));
        return answer;
      }) as typeof runner.query;
      return runner;
    });
    this.defer(() => stub.restore());
  }

  async untilWaiting(): Promise<void> {
    const probe = async () => (await this.database.source.query<unknown[]>(WAITING)).length > 0;
    await this.eventually({ what: 'the claim to wait for the table', probe });
  }
}

const t = ClaimTest.install();

describe('a claim in PostgreSQL', () => {
  it(
    'passes over a job that somebody else is just taking, instead of waiting',
    t.test(async ({ database, signal, withJobs }) => {
      const { queue, ids } = await withJobs(2);

      const claimed = await database.source.transaction(async (other) => {
        await other.query('SELECT 1 FROM jobs WHERE id = $1 FOR UPDATE', [ids[0]]);
        return queue.claim(claim, signal);
      });

      expect(claimed.map(({ id }) => id)).to.deep.equal([ids[1]]);
    }),
  );

  it(
    'takes nothing when it is aborted while it waits for the table',
    t.test(async ({ database, signal, withJobs, untilWaiting }) => {
      const { queue, reader, ids } = await withJobs(1);
      const caller = new AbortController();
      const reason = new Error('gave up');

      const refused = await database.source.transaction(async (other) => {
        await other.query('LOCK TABLE jobs IN ACCESS EXCLUSIVE MODE');
        const claiming = queue.claim(claim, caller.signal).catch((error: unknown) => error);
        await untilWaiting();
        caller.abort(reason);
        return claiming;
      });

      expect(refused).to.equal(reason);
      expect(await reader.find(ids[0]!, signal)).to.include({ state: 'queued', attempt: 0, token: 0 });
      expect(poolUsage(database.source)).to.include({ checkedOut: 0, waiting: 0 });
    }),
  );

  for (const statement of ['START TRANSACTION', 'WITH due', 'COMMIT']) {
    it(
      `is answered or without effect when it is aborted right after ${statement} was sent`,
      t.test(async ({ database, signal, withJobs, abortAfter }) => {
        const { queue, reader, ids } = await withJobs(1);
        const caller = new AbortController();
        abortAfter(statement, caller);

        const jobs = await queue.claim(claim, caller.signal).catch(() => []);

        const state = jobs.length === 0 ? 'queued' : 'running';
        expect(caller.signal.aborted).to.equal(true);
        expect(await reader.find(ids[0]!, signal)).to.include({ state, attempt: jobs.length });
        expect(poolUsage(database.source)).to.include({ checkedOut: 0, waiting: 0 });
      }),
    );
  }
});
