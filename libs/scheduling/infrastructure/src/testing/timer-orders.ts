import { JobQueue } from '#scheduling/application';
import { race } from '#testing/concurrency';
import type { InstalledTest } from '#testing/lifecycle';
import { everyOrder, type EveryOrderOptions } from '#testing/order';
import { expect } from 'chai';
import { expectDoneOrLost } from './done-or-lost.ts';
import { leaseMs, type WiredJobsTest } from './wired-jobs-test.ts';

const ofTwo: EveryOrderOptions = { complete: true };

/** What holds whenever time passes, in every order, whatever the engine. */
export function timerOrders(t: InstalledTest<WiredJobsTest>): void {
  it(
    'are done once where the worker is alive and its lease runs out at any moment',
    everyOrder(
      t,
      async ({ claimed, carryOut, sweep, clock, expectDoneInTheEnd }) => {
        const job = await claimed();

        const ends = await race({
          worker: ({ signal }) => carryOut(job, signal),
          sweeper: async ({ signal }) => {
            await clock.sleep(leaseMs, signal);
            await sweep(signal);
          },
        });

        expectDoneOrLost(ends, 'worker');
        await expectDoneInTheEnd(job.id);
      },
      ofTwo,
    ),
  );

  it(
    'are never taken from a worker whose heartbeat came in time',
    everyOrder(
      t,
      async ({ claimed, get, sweep, job, clock }) => {
        const { id, lease } = await claimed();
        const queue = await get(JobQueue);
        const endsAt = clock.now().getTime() + leaseMs;

        const ends = await race({
          keeper: async ({ signal }) => {
            await clock.sleep(leaseMs / 3, signal);
            await queue.heartbeat(lease, leaseMs, signal);
            return clock.now().getTime() < endsAt;
          },
          sweeper: async ({ signal }) => {
            await clock.sleep(leaseMs, signal);
            return sweep(signal);
          },
        });

        expectDoneOrLost(ends, 'keeper');
        if (ends.values.includes(true)) expect(ends.values).to.include(0);
        expect(await job(id)).to.include({ state: ends.values.includes(0) ? 'running' : 'queued', attempt: 1 });
      },
      ofTwo,
    ),
  );
}
