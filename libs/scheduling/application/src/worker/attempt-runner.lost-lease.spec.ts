import { expect } from 'chai';
import sinon from 'sinon';
import { err } from '#kernel';
import { WorkerTest } from '../testing/worker-test.ts';

const t = WorkerTest.install();

describe('an attempt whose lease was lost', () => {
  it(
    'is asked to end by the time the queue gave it, also when the claim was answered late',
    t.test(async ({ employ, clock }) => {
      const seen: { second?: number } = {};
      const worker = employ(
        (_, stop) =>
          new Promise((_resolve, reject) =>
            stop.addEventListener('abort', () => {
              seen.second = (clock.now().getTime() - beganAt) / 1_000;
              reject(stop.reason);
            }),
          ),
        { leaseMs: 15_000, concurrency: 1 },
      );
      const beganAt = clock.now().getTime();
      sinon.stub(worker.queue, 'sweepExpired').resolves([]);
      sinon.stub(worker.queue, 'heartbeat').rejects(new Error('connection refused'));
      const claim = worker.queue.claim.bind(worker.queue);
      sinon.stub(worker.queue, 'claim').callsFake(async (...args) => {
        const claimed = await claim(...args);
        await clock.sleep(9_000);
        return claimed;
      });
      await worker.submit();
      await worker.start();

      await clock.advance(30_000);

      expect(seen.second).to.equal(15);
      const stopped = worker.stop();
      await clock.advance(30_000);
      await stopped;
      expect(clock.waiting).to.equal(0);
    }),
  );

  it(
    'does not count as failed, whatever its handler answers when it is asked to end',
    t.test(async ({ employ, clock }) => {
      const failure = err({ reason: 'Cut off.', retry: false });
      const worker = employ(
        (_, stop) => new Promise((resolve) => stop.addEventListener('abort', () => resolve(failure))),
        { leaseMs: 15_000 },
      );
      sinon.stub(worker.queue, 'sweepExpired').resolves([]);
      sinon.stub(worker.queue, 'heartbeat').rejects(new Error('connection refused'));
      const id = await worker.submit();
      await worker.start();

      await clock.advance(15_000);

      expect(await worker.find(id)).to.include({ state: 'running', attempt: 1, failure: null });
      expect(worker.journal.kinds).to.deep.equal(['AttemptBegan', 'LeaseLost']);
    }),
  );
});
