import { JobQueue, SchedulerControl } from '#scheduling/application';
import { race } from '#testing/concurrency';
import type { InstalledTest } from '#testing/lifecycle';
import { everyOrder, type EveryOrderOptions } from '#testing/order';
import { expect } from 'chai';
import { expectDoneOrLost } from './done-or-lost.ts';
import { LedgerTransaction } from './ledger.ts';
import { CAPACITY, leaseMs, type WiredJobsTest } from './wired-jobs-test.ts';

const ofTwo: EveryOrderOptions = { complete: true };

/** What becomes of jobs that are cancelled, and of requests that get in each other's way, in every order, whatever the engine. */
export function cancelOrders(t: InstalledTest<WiredJobsTest>): void {
  it(
    'are done or cancelled, never both and never neither, where they are cancelled while they end',
    everyOrder(
      t,
      async ({ claimed, cancel, carryOut, get, job, sweep, clock, expectFenced, expectHistory }) => {
        const one = await claimed();
        const queue = await get(JobQueue);

        const ends = await race({
          worker: ({ signal }) => carryOut(one, signal),
          boss: ({ signal }) => cancel(one.id, signal),
        });
        const { isToBeCancelled } = await queue
          .heartbeat(one.lease, leaseMs, new AbortController().signal)
          .catch(() => ({ isToBeCancelled: false }));
        await clock.advance(leaseMs);
        await sweep();

        expectDoneOrLost(ends, 'worker');
        expect(ends.of('worker').ended).to.equal('fulfilled');
        expect(isToBeCancelled).to.equal(false);
        expect(await job(one.id)).to.include({ state: 'succeeded', result: 1 });
        await expectFenced();
        await expectHistory(one.id);
      },
      ofTwo,
    ),
  );

  it(
    'are cancelled or put off, and never begun again, where they are cancelled while they fail',
    everyOrder(
      t,
      async ({ claimed, cancel, claim, get, job, expectHistory }) => {
        const { id, lease } = await claimed();
        const queue = await get(JobQueue);

        const ends = await race({
          worker: ({ signal }) => queue.fail(lease, { reason: 'No.', retryInMs: 0 }, signal),
          boss: ({ signal }) => cancel(id, signal),
        });

        ends.expect({ fulfilled: 2 });
        expect(await job(id)).to.include({ state: 'cancelled', attempt: 1 });
        expect(await claim('other')).to.deep.equal([]);
        await expectHistory(id);
      },
      ofTwo,
    ),
  );

  it(
    'are cancelled or begun, and told of it when they are begun, where they are cancelled while they are claimed',
    everyOrder(
      t,
      async ({ submitted, cancel, claim, get, job, signal: forever, expectHistory }) => {
        const id = await submitted();
        const queue = await get(JobQueue);

        const ends = await race({
          worker: ({ signal }) => claim('worker', signal),
          boss: ({ signal }) => cancel(id, signal),
        });

        ends.expect({ fulfilled: 2 });
        const begun = ends.values.flat().find((value) => typeof value === 'object');
        expect(ends.values).to.include(begun ? 'requested' : 'cancelled');
        expect(await job(id)).to.include({ state: begun ? 'running' : 'cancelled' });
        if (begun) expect(await queue.heartbeat(begun.lease, leaseMs, forever)).to.include({ isToBeCancelled: true });
        await expectHistory(id);
      },
      ofTwo,
    ),
  );

  it(
    'are one where two requests with one key come at once',
    everyOrder(
      t,
      async ({ get, submit, jobs }) => {
        const transaction = await get(LedgerTransaction);
        const request = { type: 'test.run', payload: { n: 1 }, idempotencyKey: 'once' };

        const ends = await race({
          alone: ({ signal }) => submit({ idempotencyKey: 'once' }, signal),
          within: ({ signal }) => transaction.run(({ jobs: joined }) => joined.submit(request), signal),
        });

        ends.expect({ fulfilled: 2 });
        expect(new Set(ends.values)).to.deep.equal(new Set((await jobs()).map(({ id }) => id)));
      },
      ofTwo,
    ),
  );

  it(
    'are never more than the engine takes, where two are added to the last place',
    everyOrder(
      t,
      async ({ get, submit, submitted, jobs }) => {
        const transaction = await get(LedgerTransaction);
        for (let n = 1; n < CAPACITY; n += 1) await submitted();

        const ends = await race({
          alone: ({ signal }) => submit({}, signal),
          within: ({ signal }) =>
            transaction.run((stores) => stores.jobs.submit({ type: 'test.run', payload: 1 }), signal),
        });

        ends.expect({ fulfilled: 1, 'refused QueueFull': 1 });
        expect(await jobs()).to.have.lengthOf(CAPACITY);
      },
      ofTwo,
    ),
  );

  it(
    'are not begun once the scheduler is known to be paused',
    everyOrder(
      t,
      async ({ submitted, claim, get, job, signal: forever }) => {
        const id = await submitted();
        const control = await get(SchedulerControl);

        const ends = await race({
          worker: async ({ signal }) => (await claim('worker', signal)).length,
          boss: async ({ signal }) => {
            await control.pause('ada', signal);
            return claim('after the pause', signal);
          },
        });

        ends.expect({ fulfilled: 2 });
        expect(ends.values).to.deep.include([]);
        expect(await job(id)).to.include({ state: ends.values.includes(1) ? 'running' : 'queued' });
        await control.resume(forever);
        expect(await claim('resumed')).to.have.lengthOf(ends.values.includes(1) ? 0 : 1);
      },
      ofTwo,
    ),
  );
}
