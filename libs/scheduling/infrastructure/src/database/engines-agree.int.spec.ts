import { ManualClock } from '#kernel/testing';
import type { JobHistory, JobQueue, JobReader } from '#scheduling/application';
import {
  InMemoryJobHistory,
  InMemoryJobQueue,
  InMemoryJobReader,
  InMemoryJobTable,
  JobBuilder,
} from '#scheduling/application/testing';
import { LeaseLost, type JobId, type Lease } from '#scheduling/contracts';
import { DatabaseTest } from '#testing/database';
import { expect } from 'chai';
import { fc } from '#testing/properties';
import { PostgresJobHistory } from './postgres-job-history.ts';
import { PostgresJobQueue } from './postgres-job-queue.ts';
import { ClockTime } from './queue-time.ts';
import { schedulingSchema } from './scheduling-schema.ts';
import { TypeOrmJobReader } from './typeorm-job-reader.ts';

type Engine = { readonly queue: JobQueue; readonly reader: JobReader; readonly history: JobHistory };

/** Few, so that it is often reached. */
const capacity = 6;
type World = {
  readonly clock: ManualClock;
  readonly build: JobBuilder;
  readonly leases: Lease[];
  readonly jobs: JobId[];
  readonly signal: AbortSignal;
};
type Step = (engines: readonly Engine[], world: World) => Promise<void>;

/** What happened, in a form that can be compared: the answer, or the name of what was thrown. */
async function outcomes<T>(engines: readonly Engine[], act: (queue: JobQueue) => Promise<T>): Promise<(T | string)[]> {
  const lost = (error: unknown): string => {
    if (error instanceof LeaseLost) return error.message;
    throw error;
  };
  return Promise.all(engines.map(({ queue }) => act(queue).catch(lost)));
}

async function same<T>(engines: readonly Engine[], act: (queue: JobQueue) => Promise<T>): Promise<T | string> {
  const [first, ...others] = await outcomes(engines, act);
  for (const other of others) expect(other).to.deep.equal(first);
  return first!;
}

/** Any lease that was ever given, the stale ones too. */
const withLease =
  (pick: number, act: (queue: JobQueue, lease: Lease, signal: AbortSignal) => Promise<unknown>): Step =>
  async (engines, { leases, signal }) => {
    const lease = leases[pick % Math.max(leases.length, 1)];
    if (lease !== undefined) await same(engines, (queue) => act(queue, lease, signal));
  };

/** Any job that was ever submitted. */
const withJob =
  (pick: number, act: (queue: JobQueue, id: JobId, signal: AbortSignal) => Promise<unknown>): Step =>
  async (engines, { jobs, signal }) => {
    const id = jobs[pick % Math.max(jobs.length, 1)];
    if (id !== undefined) await same(engines, (queue) => act(queue, id, signal));
  };

const pick = fc.nat({ max: 50 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc
    .record({
      priority: fc.nat({ max: 9 }),
      maxAttempts: fc.integer({ min: 1, max: 3 }),
      dueIn: fc.nat({ max: 5_000 }),
      limits: fc.record(
        {
          queueTimeoutMs: fc.integer({ min: 1_000, max: 5_000 }),
          deadlineMs: fc.integer({ min: 1_000, max: 9_000 }),
          heartbeatTimeoutMs: fc.integer({ min: 1_000, max: 5_000 }),
          idempotencyKey: fc.constantFrom('a', 'b'),
        },
        { requiredKeys: [] },
      ),
      payload: fc.constantFrom(1, 2),
    })
    .map(({ dueIn, limits, ...asked }): Step => async (engines, { clock, build, jobs, signal }) => {
      const job = build.queued({ ...asked, ...limits, dueAt: new Date(clock.now().getTime() + dueIn) });
      const answer = await same(engines, (queue) => queue.submit(job, signal));
      if (typeof answer !== 'string' && answer.ok) jobs.push(answer.value);
    }),
  fc.nat({ max: 3 }).map((limit): Step => async (engines, { leases, signal }) => {
    const claim = { types: ['test.run'], worker: 'w1', limit, leaseMs: 3_000 };
    const jobs = await same(engines, (queue) => queue.claim(claim, signal));
    if (typeof jobs !== 'string') leases.push(...jobs.map(({ lease }) => lease));
  }),
  pick.map((n) => withLease(n, (queue, lease, signal) => queue.heartbeat(lease, 3_000, signal))),
  pick.map((n) => withLease(n, (queue, lease, signal) => queue.complete(lease, n, signal))),
  pick.map((n) =>
    withLease(n, (queue, lease, signal) => queue.fail(lease, { reason: 'No.', retryInMs: n * 10 }, signal)),
  ),
  pick.map((n) =>
    withLease(n, (queue, lease, signal) => queue.fail(lease, { reason: 'No.', retryInMs: null }, signal)),
  ),
  pick.map((n) => withLease(n, (queue, lease, signal) => queue.release(lease, signal))),
  pick.map((n) => withLease(n, (queue, lease, signal) => queue.tell(lease, { step: 'on', done: n }, signal))),
  pick.map((n) =>
    withJob(n, (queue, id, signal) => queue.cancel({ id, by: 'ada', reason: n % 2 === 0 ? 'no' : null }, signal)),
  ),
  pick.map((n) => withJob(n, (queue, id, signal) => queue.retry({ id, by: 'ada', attempts: 1 }, signal))),
  fc.constant<Step>(async (engines, { signal }) => {
    await same(engines, async (queue) =>
      [...(await queue.sweepExpired(100, signal))].sort((a, b) => (a.id < b.id ? -1 : 1)),
    );
  }),
  fc.nat({ max: 4_000 }).map(
    (ms): Step =>
      (_, { clock }) =>
        clock.advance(ms),
  ),
);

class EnginesTest extends DatabaseTest {
  protected override schemas() {
    return [schedulingSchema];
  }
}

const t = EnginesTest.install();

describe('the engines', () => {
  it(
    'agree on every job after any sequence of calls',
    t.test(async ({ database, signal }) => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async (steps) => {
          await database.source.query('DELETE FROM jobs');
          const clock = new ManualClock();
          const table = Object.assign(new InMemoryJobTable(), { capacity });
          const engines: Engine[] = [
            {
              queue: new InMemoryJobQueue(clock, table),
              reader: new InMemoryJobReader(table),
              history: new InMemoryJobHistory(table),
            },
            {
              queue: new PostgresJobQueue(database.source, new ClockTime(clock), { capacity }),
              reader: new TypeOrmJobReader(database.source),
              history: new PostgresJobHistory(database.source),
            },
          ];
          const world: World = { clock, build: new JobBuilder(clock.now()), leases: [], jobs: [], signal };

          for (const next of steps) await next(engines, world);

          const [expected, actual] = await Promise.all(
            engines.map(({ reader }) => reader.page({ limit: 100 }, signal)),
          );
          expect(actual).to.deep.equal(expected);
          for (const id of new Set(world.jobs)) {
            const histories = await Promise.all(
              engines.map(({ history }) => history.ofJob(id, { limit: 100 }, signal)),
            );
            const [told, kept] = histories.map((events) => events.map(({ cursor, ...event }) => event));
            expect(kept, JSON.stringify({ kept, told })).to.deep.equal(told);
          }
        }),
        { numRuns: 60 },
      );
    }),
  ).timeout(60_000);
});
