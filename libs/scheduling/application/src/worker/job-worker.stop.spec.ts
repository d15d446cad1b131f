import { expect } from 'chai';
import sinon from 'sinon';
import { ok } from '#kernel';
import { gate } from '#testing/concurrency';
import { pausedHandler } from '../testing/paused-handler.ts';
import { WorkerTest } from '../testing/worker-test.ts';

/** Never answers, and ends when it is told to. */
function obedientSilence(until: AbortSignal): Promise<never> {
  return new Promise((_, reject) => until.addEventListener('abort', () => reject(until.reason), { once: true }));
}

const t = WorkerTest.install();

describe('JobWorker, when it is told to stop,', () => {
  it(
    'claims nothing more, and lets what runs come to its end',
    t.test(async ({ employ, clock }) => {
      const { begun, handle, endOne } = pausedHandler();
      const worker = employ(handle);
      const running = await worker.submit();
      await worker.start();

      const stopped = worker.stop();
      const late = await worker.submit();
      await clock.advance(10_000);
      endOne();
      await stopped;

      expect(begun).to.deep.equal([running]);
      expect(await worker.find(running)).to.include({ state: 'succeeded' });
      expect(await worker.find(late)).to.include({ state: 'queued', attempt: 0 });
    }),
  );

  it(
    'hands back what is not over within the grace, without using up the attempt',
    t.test(async ({ employ, clock }) => {
      const { handle } = pausedHandler();
      const worker = employ(handle, { graceMs: 20_000 });
      const id = await worker.submit({ maxAttempts: 1 });
      await worker.start();

      const stopped = worker.stop();
      await clock.advance(20_000);
      await stopped;

      expect(await worker.find(id)).to.include({ state: 'queued', attempt: 0 });
      expect(worker.journal.kinds).to.deep.equal(['AttemptBegan', 'JobHandedBack']);
    }),
  );

  it(
    'hands back at once what it is given by a claim that was under way',
    t.test(async ({ employ }) => {
      const { begun, handle } = pausedHandler();
      const worker = employ(handle);
      const id = await worker.submit();
      const answer = gate('the answer to the claim');
      const claim = worker.queue.claim.bind(worker.queue);
      sinon.stub(worker.queue, 'claim').callsFake(async (...args) => {
        await answer.passed();
        return claim(...args);
      });
      await worker.start();

      const stopped = worker.stop();
      answer.open();
      await stopped;

      expect(begun).to.deep.equal([]);
      expect(await worker.find(id)).to.include({ state: 'queued', attempt: 0 });
    }),
  );

  it(
    'asks for no job while all its places are taken, nor when one gets free',
    t.test(async ({ employ, clock }) => {
      const { handle, endOne } = pausedHandler();
      const worker = employ(handle, { concurrency: 1 });
      await worker.submit();
      await worker.start();
      const claim = sinon.spy(worker.queue, 'claim');

      const stopped = worker.stop();
      await clock.advance(0);
      endOne();
      await stopped;

      expect(claim.callCount).to.equal(0);
    }),
  );

  it(
    'counts the grace from then on, though the queue does not answer',
    t.test(async ({ employ, clock }) => {
      const seen: { abortedAt?: Date } = {};
      const worker = employ(
        (_, stop) =>
          new Promise((_resolve, reject) =>
            stop.addEventListener('abort', () => {
              seen.abortedAt = clock.now();
              reject(stop.reason);
            }),
          ),
        { graceMs: 20_000 },
      );
      await worker.submit();
      await worker.start();
      sinon.stub(worker.queue, 'claim').returns(new Promise(() => {}));
      await clock.advance(1_000);
      const toldAt = clock.now().getTime();

      const stopped = worker.stop();
      await clock.advance(20_000);
      await stopped;

      expect(seen.abortedAt?.getTime()).to.equal(toldAt + 20_000);
    }),
  );

  for (const [how, answer] of [
    ['refuses', () => Promise.reject(new Error('connection refused'))],
    ['does not answer', obedientSilence],
  ] as const) {
    it(
      `ends within two answers after the grace though the queue ${how}, however long the lease`,
      t.test(async ({ employ, clock }) => {
        const { handle } = pausedHandler();
        const worker = employ(handle, { leaseMs: 3_600_000, graceMs: 20_000, answerMs: 5_000 });
        await worker.submit();
        await worker.start();
        sinon.stub(worker.queue, 'release').callsFake((_, until) => answer(until));

        const stopped = worker.stop().then(() => 'stopped');
        await clock.advance(30_000);

        expect(await Promise.race([stopped, Promise.resolve('still running')])).to.equal('stopped');
        expect(worker.journal.kinds).to.include('EndNotRecorded');
        expect(clock.waiting).to.equal(0);
      }),
    );
  }

  it(
    'ends though the end of an attempt, begun to be told before, is not taken',
    t.test(async ({ employ, clock }) => {
      const worker = employ(async () => ok(null), { leaseMs: 3_600_000, graceMs: 20_000 });
      sinon.stub(worker.queue, 'complete').rejects(new Error('connection refused'));
      await worker.submit();
      await worker.start();

      const stopped = worker.stop().then(() => 'stopped');
      await clock.advance(30_000);

      expect(await Promise.race([stopped, Promise.resolve('still running')])).to.equal('stopped');
    }),
  );

  it(
    'leaves no timer behind',
    t.test(async ({ employ, clock }) => {
      const { handle } = pausedHandler();
      const worker = employ(handle);
      await worker.submit();
      await worker.start();

      const stopped = worker.stop();
      await clock.advance(20_000);
      await stopped;

      expect(clock.waiting).to.equal(0);
    }),
  );
});
