import { JobWorker } from '#scheduling/application';
import { race } from '#testing/concurrency';
import { everyOrder } from '#testing/order';
import { expect } from 'chai';
import { InMemoryJobsTest } from './testing/in-memory-jobs-test.ts';

const t = InMemoryJobsTest.install();

/** Not over PostgreSQL: a worker claims, sweeps and beats at the same time, and nobody controls which is answered first. */
describe('A whole worker in memory', () => {
  it(
    'has ended or handed back its job when it has stopped, whenever it was told to',
    everyOrder(
      t,
      async ({ submitted, get, job, expectDoneInTheEnd }) => {
        const id = await submitted();
        const worker = await get(JobWorker);
        const stop = new AbortController();

        const ends = await race({
          worker: () => worker.run(stop.signal),
          boss: async ({ start }) => {
            await start();
            stop.abort(new Error('told to stop'));
          },
        });

        ends.expect({ fulfilled: 2 });
        expect((await job(id)).state).to.be.oneOf(['queued', 'succeeded']);
        await expectDoneInTheEnd(id);
      },
      { switches: 1, earlyTimers: 1 },
    ),
  );
});
