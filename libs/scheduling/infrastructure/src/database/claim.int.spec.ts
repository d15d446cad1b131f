import { poolUsage } from '#platform/database';
import { JobBuilder } from '#scheduling/application/testing';
import { useDatabase } from '#testing/database';
import { expect } from 'chai';
import sinon from 'sinon';
import { DatabaseTime } from './queue-time.ts';
import { PostgresJobQueue } from './postgres-job-queue.ts';
import { schedulingSchema } from './scheduling-schema.ts';
import { TypeOrmJobReader } from './typeorm-job-reader.ts';

describe('a claim in PostgreSQL', () => {
  const database = useDatabase(schedulingSchema);
  const signal = new AbortController().signal;
  const claim = { types: ['test.run'], worker: 'w1', limit: 10, leaseMs: 60_000 };

  afterEach(() => sinon.restore());

  async function withJobs(count: number) {
    const queue = new PostgresJobQueue(database.source, new DatabaseTime());
    const build = new JobBuilder(new Date('2026-01-01T00:00:00.000Z'));
    const jobs = Array.from({ length: count }, () => build.queued());
    for (const job of jobs) await queue.submit(job, signal);
    const ids = jobs.map((job) => job.snapshot().id);
    return { queue, reader: new TypeOrmJobReader(database.source), ids };
  }

  it('passes over a job that somebody else is just taking, instead of waiting', async () => {
    const { queue, ids } = await withJobs(2);

    const claimed = await database.source.transaction(async (other) => {
      await other.query('SELECT 1 FROM jobs WHERE id = $1 FOR UPDATE', [ids[0]]);
      return queue.claim(claim, signal);
    });

    expect(claimed.map(({ id }) => id)).to.deep.equal([ids[1]]);
  });

  it('takes nothing when it is aborted while it waits for the table', async () => {
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
  });

  for (const statement of ['START TRANSACTION', 'WITH due', 'COMMIT']) {
    it(`is answered or without effect when it is aborted right after ${statement} was sent`, async () => {
      const { queue, reader, ids } = await withJobs(1);
      const caller = new AbortController();
      abortAfter(statement, caller);

      const jobs = await queue.claim(claim, caller.signal).catch(() => []);

      const state = jobs.length === 0 ? 'queued' : 'running';
      expect(caller.signal.aborted).to.equal(true);
      expect(await reader.find(ids[0]!, signal)).to.include({ state, attempt: jobs.length });
      expect(poolUsage(database.source)).to.include({ checkedOut: 0, waiting: 0 });
    });
  }

  function abortAfter(statement: string, caller: AbortController): void {
    const create = database.source.createQueryRunner.bind(database.source);
    sinon.stub(database.source, 'createQueryRunner').callsFake((mode) => {
      const runner = create(mode);
      const query = runner.query.bind(runner) as (sql: string, ...rest: unknown[]) => Promise<unknown>;
      runner.query = ((sql: string, ...rest: unknown[]) => {
        const answer = query(sql, ...rest);
        if (sql.trimStart().startsWith(statement)) caller.abort(new Error('gave up'));
        return answer;
      }) as typeof runner.query;
      return runner;
    });
  }

  async function untilWaiting(): Promise<void> {
    const waiting = `SELECT count(*)::int AS count FROM pg_locks WHERE NOT granted AND relation = 'jobs'::regclass`;
    for (let look = 0; look < 10_000; look += 1) {
      const [{ count }] = await database.source.query<[{ count: number }]>(waiting);
      if (count > 0) return;
    }
    expect.fail('The claim never waited for the table.');
  }
});
