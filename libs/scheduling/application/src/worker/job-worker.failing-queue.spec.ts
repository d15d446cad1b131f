import { expect } from 'chai';
import sinon from 'sinon';
import { ok } from '#kernel';
import { WorkerTest } from '../testing/worker-test.ts';

const t = WorkerTest.install();

describe('JobWorker, when the queue fails,', () => {
  it(
    'pauses longer each time, and goes on when it is back',
    t.test(async ({ employ, clock }) => {
      const worker = employ(async () => ok(null));
      const claim = sinon.stub(worker.queue, 'claim').rejects(new Error('connection refused'));
      const id = await worker.submit();
      await worker.start();
      await clock.advance(60_000);
      claim.restore();

      await clock.advance(5_000);

      expect(await worker.find(id)).to.include({ state: 'succeeded' });
      const failures = worker.journal.events.filter((event) => event.kind === 'QueueFailed');
      const pauses = failures.map(({ retryInMs }) => retryInMs);
      expect(pauses.slice(0, 7)).to.deep.equal([50, 100, 200, 400, 800, 1_600, 2_500]);
    }),
  );

  it(
    'begins with a short pause again after the queue had answered',
    t.test(async ({ employ, clock }) => {
      const worker = employ(async () => ok(null));
      const claim = sinon.stub(worker.queue, 'claim').rejects(new Error('connection refused'));
      await worker.start();
      await clock.advance(60_000);
      claim.resolves([]);
      await clock.advance(10_000);
      worker.journal.events.length = 0;

      claim.rejects(new Error('connection refused'));
      await clock.advance(300);

      const [failure] = worker.journal.events.filter((event) => event.kind === 'QueueFailed');
      expect(failure?.retryInMs).to.equal(50);
    }),
  );

  it(
    'goes on though it was never answered',
    t.test(async ({ employ, clock }) => {
      const worker = employ(async () => ok(null), { answerMs: 5_000 });
      const claim = sinon.stub(worker.queue, 'claim').returns(new Promise(() => {}));
      const id = await worker.submit();
      await worker.start();
      claim.restore();

      await clock.advance(11_000);

      expect(await worker.find(id)).to.include({ state: 'succeeded' });
    }),
  );

  it(
    'asks each question with a deadline',
    t.test(async ({ employ, clock }) => {
      const worker = employ(async () => ok(null), { answerMs: 5_000 });
      const claim = sinon.stub(worker.queue, 'claim').returns(new Promise(() => {}));
      await worker.start();

      await clock.advance(5_000);

      expect(claim.firstCall.args[1].aborted).to.equal(true);
    }),
  );

  it(
    'keeps sweeping after a sweep that failed',
    t.test(async ({ employ, clock }) => {
      const worker = employ(async () => ok(null));
      const sweep = sinon.stub(worker.queue, 'sweepExpired').rejects(new Error('connection refused'));
      await worker.start();
      sweep.resetHistory();

      await clock.advance(60_000);

      expect(sweep.callCount).to.be.greaterThan(10);
    }),
  );
});
