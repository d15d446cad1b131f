import { JobQueue } from '#scheduling/application';
import { race } from '#testing/concurrency';
import type { InstalledTest } from '#testing/lifecycle';
import { everyOrder, type EveryOrderOptions } from '#testing/order';
import { expect } from 'chai';
import { expectDoneOrLost } from './done-or-lost.ts';
import { leaseMs, type WiredJobsTest } from './wired-jobs-test.ts';

const ofTwo: EveryOrderOptions = { complete: true };

/** What becomes of a job whose lease has run out, or may, in every order, whatever the engine. */
export function leaseOrders(t: InstalledTest<WiredJobsTest>, ofThree: EveryOrderOptions): void {
  it(
    'are written to by nobody who comes too late for his lease',
    everyOrder(
      t,
      async ({ claimed, carryOut, sweep, claim, clock, expectDoneInTheEnd }) => {
        const job = await claimed();
        await clock.advance(leaseMs);

        const ends = await race({
          late: ({ signal }) => carryOut(job, signal),
          rescuer: async ({ signal }) => {
            await sweep(signal);
            await claim('rescuer', signal);
          },
        });

        expectDoneOrLost(ends, 'late');
        await expectDoneInTheEnd(job.id);
      },
      ofTwo,
    ),
  );

  it(
    'are ended once by a worker that comes late and one that comes next',
    everyOrder(
      t,
      async ({ claimed, get, sweep, claim, job, clock }) => {
        const { id, lease } = await claimed();
        const queue = await get(JobQueue);
        await clock.advance(leaseMs);

        const ends = await race({
          late: ({ signal }) => queue.complete(lease, 'late', signal),
          next: async ({ signal }) => {
            await sweep(signal);
            const [again] = await claim('next', signal);
            if (again) await queue.complete(again.lease, 'next', signal);
            return again !== undefined;
          },
        });

        expectDoneOrLost(ends, 'late');
        const done = { late: ends.of('late').ended === 'fulfilled', next: ends.values.includes(true) };
        expect(done.late && done.next).to.equal(false);
        expect(await job(id)).to.include(
          done.late || done.next
            ? { state: 'succeeded', result: done.late ? 'late' : 'next', token: done.late ? 1 : 2 }
            : { state: 'queued', attempt: 1 },
        );
      },
      ofTwo,
    ),
  );

  it(
    'stay with a worker whose heartbeat comes before the sweep, and with no other',
    everyOrder(
      t,
      async ({ claimed, get, sweep, job, clock }) => {
        const { id, lease } = await claimed();
        const queue = await get(JobQueue);
        await clock.advance(leaseMs);

        const ends = await race({
          keeper: async ({ signal }) => {
            await queue.heartbeat(lease, leaseMs, signal);
            await queue.complete(lease, 'kept', signal);
          },
          sweeper: ({ signal }) => sweep(signal),
        });

        expectDoneOrLost(ends, 'keeper');
        const isKept = ends.of('keeper').ended === 'fulfilled';
        expect(ends.values).to.include(isKept ? 0 : 1);
        expect(await job(id)).to.include({ state: isKept ? 'succeeded' : 'queued', attempt: 1 });
      },
      ofTwo,
    ),
  );

  for (const [ended, how] of Object.entries(endings)) {
    it(
      `are ${ended} or taken back, and count their attempts either way`,
      everyOrder(
        t,
        async ({ claimed, get, sweep, job, clock }) => {
          const { id, lease } = await claimed();
          const queue = await get(JobQueue);
          await clock.advance(leaseMs);

          const ends = await race({
            worker: ({ signal }) => how.end(queue, lease, signal),
            sweeper: ({ signal }) => sweep(signal),
          });

          expectDoneOrLost(ends, 'worker');
          const isEnded = ends.of('worker').ended === 'fulfilled';
          expect(ends.values).to.include(isEnded ? 0 : 1);
          expect(await job(id)).to.include({ state: 'queued', token: 1, attempt: isEnded ? how.attempt : 1 });
        },
        ofTwo,
      ),
    );
  }

  it(
    'are done or parked in their last attempt, and never begun again',
    everyOrder(
      t,
      async ({ claimed, get, sweep, claim, job, clock }) => {
        const { id, lease } = await claimed({ maxAttempts: 1 });
        const queue = await get(JobQueue);
        await clock.advance(leaseMs);

        const ends = await race({
          late: ({ signal }) => queue.complete(lease, 'late', signal),
          other: async ({ signal }) => {
            await sweep(signal);
            return claim('other', signal);
          },
        });

        expectDoneOrLost(ends, 'late');
        const isDone = ends.of('late').ended === 'fulfilled';
        expect(ends.values.flat()).to.deep.equal(isDone ? [undefined] : []);
        expect(await job(id)).to.include({ state: isDone ? 'succeeded' : 'failed', attempt: 1 });
      },
      ofTwo,
    ),
  );

  it(
    'are not handed back while their handler, which goes on in spite of it, is writing',
    everyOrder(
      t,
      async ({ claimed, handle, get, claim, expectDoneInTheEnd }) => {
        const { id, lease } = await claimed();
        const queue = await get(JobQueue);

        const ends = await race({
          handler: ({ signal }) => handle(lease, signal),
          worker: async ({ signal }) => {
            await queue.release(lease, signal);
            await claim('other', signal);
          },
        });

        expectDoneOrLost(ends, 'handler');
        await expectDoneInTheEnd(id);
      },
      ofTwo,
    ),
  );

  it(
    'are done once by a worker that comes late, a sweep of its lease, and the next worker',
    everyOrder(
      t,
      async ({ claimed, carryOut, sweep, claim, clock, expectDoneInTheEnd }) => {
        const job = await claimed();
        await clock.advance(leaseMs);

        const ends = await race({
          late: ({ signal }) => carryOut(job, signal),
          sweeper: ({ signal }) => sweep(signal),
          next: ({ signal }) => claim('next', signal),
        });

        expectDoneOrLost(ends, 'late');
        for (const racer of ['sweeper', 'next']) expect(ends.of(racer).ended).to.equal('fulfilled');
        await expectDoneInTheEnd(job.id);
      },
      ofThree,
    ),
  );
}

const endings: Readonly<Record<string, Ending>> = {
  'handed back': { end: (queue, lease, signal) => queue.release(lease, signal), attempt: 0 },
  failed: {
    end: (queue, lease, signal) => queue.fail(lease, { reason: 'No.', retryInMs: 0 }, signal),
    attempt: 1,
  },
};

type Ending = {
  readonly end: (queue: JobQueue, ...args: Parameters<JobQueue['release']>) => Promise<unknown>;
  readonly attempt: number;
};
