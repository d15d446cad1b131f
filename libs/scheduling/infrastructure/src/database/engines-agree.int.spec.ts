import { ManualClock } from '#kernel/testing';
import type { JobQueue, JobReader } from '#scheduling/application';
import { InMemoryJobQueue, InMemoryJobReader, InMemoryJobTable, JobBuilder } from '#scheduling/application/testing';
import { LeaseLost, type Lease } from '#scheduling/contracts';
import { DatabaseTest } from '#testing/database';
import { expect } from 'chai';
import { fc } from '#testing/properties';
import { PostgresJobQueue } from './postgres-job-queue.ts';
import { ClockTime } from './queue-time.ts';
import { schedulingSchema } from './scheduling-schema.ts';
import { TypeOrmJobReader } from './typeorm-job-reader.ts';

type Engine = { readonly queue: JobQueue; readonly reader: JobReader };
type World = {
  readonly clock: ManualClock;
  readonly build: JobBuilder;
  readonly leases: Lease[];
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

const pick = fc.nat({ max: 50 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc
    .record({
      priority: fc.nat({ max: 9 }),
      maxAttempts: fc.integer({ min: 1, max: 3 }),
      dueIn: fc.nat({ max: 5_000 }),
    })
    .map(({ dueIn, ...asked }): Step => async (engines, { clock, build, signal }) => {
      const job = build.queued({ ...asked, dueAt: new Date(clock.now().getTime() + dueIn) });
      await same(engines, (queue) => queue.submit(job, signal));
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
  fc.constant<Step>(async (engines, { signal }) => {
    await same(engines, async (queue) => (await queue.sweepExpired(100, signal)).map(({ id }) => id).sort());
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
          const table = new InMemoryJobTable();
          const engines: Engine[] = [
            { queue: new InMemoryJobQueue(clock, table), reader: new InMemoryJobReader(table) },
            {
              queue: new PostgresJobQueue(database.source, new ClockTime(clock)),
              reader: new TypeOrmJobReader(database.source),
            },
          ];
          const world: World = { clock, build: new JobBuilder(clock.now()), leases: [], signal };

          for (const next of steps) await next(engines, world);

          const [expected, actual] = await Promise.all(
            engines.map(({ reader }) => reader.page({ limit: 100 }, signal)),
          );
          expect(actual).to.deep.equal(expected);
        }),
        { numRuns: 60 },
      );
    }),
  ).timeout(60_000);
});
