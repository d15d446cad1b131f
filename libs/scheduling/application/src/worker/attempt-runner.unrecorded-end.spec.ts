import { expect } from 'chai';
import sinon from 'sinon';
import { ok } from '#kernel';
import { WorkerTest } from '../testing/worker-test.ts';

const t = WorkerTest.install();

describe('an attempt whose end the queue does not take', () => {
  it(
    'is told again until the queue takes it',
    t.test(async ({ employ, clock }) => {
      const worker = employ(async () => ok('kept'));
      const complete = sinon.stub(worker.queue, 'complete').rejects(new Error('connection refused'));
      const id = await worker.submit();
      await worker.start();

      await clock.advance(2_000);
      complete.restore();
      await clock.advance(5_000);

      expect(await worker.find(id)).to.include({ state: 'succeeded', result: 'kept', attempt: 1 });
    }),
  );

  it(
    'is left to the sweep after the time of one lease',
    t.test(async ({ employ, clock }) => {
      const worker = employ(async () => ok('never kept'), { leaseMs: 15_000 });
      sinon.stub(worker.queue, 'complete').rejects(new Error('no such column'));
      const id = await worker.submit({ maxAttempts: 1 });
      await worker.start();

      await clock.advance(60_000);

      expect(worker.journal.kinds).to.include('EndNotRecorded').and.to.include('JobParked');
      expect(await worker.find(id)).to.include({ state: 'failed' });
    }),
  );
});
