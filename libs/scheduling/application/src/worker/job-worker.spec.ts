import { expect } from 'chai';
import sinon from 'sinon';
import { ok } from '#kernel';
import type { JobHandler } from '#scheduling/contracts';
import { pausedHandler } from '../testing/paused-handler.ts';
import { WorkerTest } from '../testing/worker-test.ts';
import { JobWorker, type JobWorkerParts } from './job-worker.ts';
import type { WorkerSettings } from './worker-settings.ts';

const t = WorkerTest.install();

describe('JobWorker', () => {
  it(
    'works on what waits, and keeps the result',
    t.test(async ({ employ }) => {
      const worker = employ(async ({ payload }) => ok({ seen: payload }));
      const id = await worker.submit({ payload: 'x' });

      await worker.start();

      expect(await worker.find(id)).to.deep.include({ state: 'succeeded', result: { seen: 'x' } });
      expect(worker.journal.kinds).to.deep.equal(['AttemptBegan', 'JobSucceeded']);
    }),
  );

  it(
    'has no more attempts under way than it has places, and fills each place that gets free',
    t.test(async ({ employ, clock }) => {
      const { begun, handle, endOne } = pausedHandler();
      const worker = employ(handle, { concurrency: 2 });
      const ids = [await worker.submit(), await worker.submit(), await worker.submit()];

      await worker.start();
      const atOnce = [...begun];
      endOne();
      await clock.advance(0);

      expect(atOnce).to.deep.equal(ids.slice(0, 2));
      expect(begun).to.deep.equal(ids);
      endOne();
      endOne();
    }),
  );

  it(
    'finds a job that comes later within the longest pause',
    t.test(async ({ employ, clock }) => {
      const worker = employ(async () => ok(null), { pollMs: 250 });
      await worker.start();
      await clock.advance(60_000);
      const id = await worker.submit();

      await clock.advance(250);

      expect(await worker.find(id)).to.include({ state: 'succeeded' });
    }),
  );

  it(
    'looks at an empty queue about as often as it may pause, not more',
    t.test(async ({ employ, clock }) => {
      const worker = employ(async () => ok(null), { pollMs: 250 });
      const claim = sinon.spy(worker.queue, 'claim');
      await worker.start();
      await clock.advance(60_000);
      claim.resetHistory();

      await clock.advance(10_000);

      expect(claim.callCount).to.equal(40);
    }),
  );

  it(
    'takes the jobs of a dead worker within the lease and one sweep',
    t.test(async ({ employ, clock, signal }) => {
      const worker = employ(async () => ok(null), { leaseMs: 15_000 });
      const id = await worker.submit();
      await worker.queue.claim({ types: ['test.run'], worker: 'dead', limit: 1, leaseMs: 15_000 }, signal);
      await worker.start();

      await clock.advance(20_000);

      expect(await worker.find(id)).to.include({ state: 'succeeded', attempt: 2 });
      expect(worker.journal.kinds).to.include('JobTakenFromWorker');
    }),
  );

  it(
    'hands back a job that it has no handler for, and works on the others of that claim',
    t.test(async ({ employ }) => {
      const worker = employ(async () => ok(null), { concurrency: 3, pollMs: 250 });
      const stranger = await worker.submit({ type: 'other.run', priority: 9 });
      const [one, two] = [await worker.submit(), await worker.submit()];
      const claim = worker.queue.claim.bind(worker.queue);
      const claims = sinon
        .stub(worker.queue, 'claim')
        .callsFake((wanted, until) => claim({ ...wanted, types: ['test.run', 'other.run'] }, until));

      await worker.start();

      expect(await worker.find(one)).to.include({ state: 'succeeded' });
      expect(await worker.find(two)).to.include({ state: 'succeeded' });
      expect(await worker.find(stranger)).to.include({ state: 'queued', attempt: 0 });
      expect(worker.journal.kinds).to.include('HandlerMissing').and.to.include('JobHandedBack');
      expect(claims.callCount, 'it asks again with a pause').to.be.lessThan(10);
    }),
  );

  it(
    'takes the jobs of many dead workers in one go',
    t.test(async ({ employ, clock, signal }) => {
      const worker = employ(async () => ok(null), { leaseMs: 15_000 });
      for (let n = 0; n < 250; n += 1) await worker.submit({ maxAttempts: 1 });
      await worker.queue.claim({ types: ['test.run'], worker: 'dead', limit: 250, leaseMs: 15_000 }, signal);
      await clock.advance(15_000);

      await worker.start();

      expect(worker.journal.kinds.filter((kind) => kind === 'JobParked')).to.have.lengthOf(250);
    }),
  );

  describe('does not begin', () => {
    const handler: JobHandler = { type: 'test.run', handle: async () => ok(null) };
    const beginWith = (handlers: readonly JobHandler[], names: readonly string[]) => () => {
      const parts = { handlers, types: { names: () => names } } as JobWorkerParts;
      return new JobWorker(parts, {} as WorkerSettings);
    };

    it('with two handlers for one type', () => {
      expect(beginWith([handler, handler], ['test.run'])).to.throw('Two handlers are bound for jobs of type test.run.');
    });

    it('with a handler for jobs that are refused', () => {
      expect(beginWith([handler], ['other.run'])).to.throw('Jobs of type test.run have a handler');
    });
  });
});
