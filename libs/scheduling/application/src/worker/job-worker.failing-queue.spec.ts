import { expect } from 'chai';
import sinon from 'sinon';
import { ok } from '#kernel';
import { WorkerUnderTest } from '../testing/worker-under-test.ts';

describe('JobWorker, when the queue fails,', () => {
  it('pauses longer each time, and goes on when it is back', async () => {
    const worker = new WorkerUnderTest(async () => ok(null));
    const claim = sinon.stub(worker.queue, 'claim').rejects(new Error('connection refused'));
    const id = await worker.submit();
    await worker.start();
    await worker.clock.advance(60_000);
    claim.restore();

    await worker.clock.advance(5_000);

    expect(await worker.find(id)).to.include({ state: 'succeeded' });
    const failures = worker.journal.events.filter((event) => event.kind === 'QueueFailed');
    const pauses = failures.map(({ retryInMs }) => retryInMs);
    expect(pauses.slice(0, 7)).to.deep.equal([50, 100, 200, 400, 800, 1_600, 2_500]);
    await worker.stop();
  });

  it('begins with a short pause again after the queue had answered', async () => {
    const worker = new WorkerUnderTest(async () => ok(null));
    const claim = sinon.stub(worker.queue, 'claim').rejects(new Error('connection refused'));
    await worker.start();
    await worker.clock.advance(60_000);
    claim.resolves([]);
    await worker.clock.advance(10_000);
    worker.journal.events.length = 0;

    claim.rejects(new Error('connection refused'));
    await worker.clock.advance(300);

    const [failure] = worker.journal.events.filter((event) => event.kind === 'QueueFailed');
    expect(failure?.retryInMs).to.equal(50);
    await worker.stop();
  });

  it('goes on though it was never answered', async () => {
    const worker = new WorkerUnderTest(async () => ok(null), { answerMs: 5_000 });
    const claim = sinon.stub(worker.queue, 'claim').returns(new Promise(() => {}));
    const id = await worker.submit();
    await worker.start();
    claim.restore();

    await worker.clock.advance(11_000);

    expect(await worker.find(id)).to.include({ state: 'succeeded' });
    await worker.stop();
  });

  it('asks each question with a deadline', async () => {
    const worker = new WorkerUnderTest(async () => ok(null), { answerMs: 5_000 });
    const claim = sinon.stub(worker.queue, 'claim').returns(new Promise(() => {}));
    await worker.start();

    await worker.clock.advance(5_000);

    expect(claim.firstCall.args[1].aborted).to.equal(true);
    claim.restore();
    await worker.clock.advance(5_000);
    await worker.stop();
  });

  it('keeps sweeping after a sweep that failed', async () => {
    const worker = new WorkerUnderTest(async () => ok(null));
    const sweep = sinon.stub(worker.queue, 'sweepExpired').rejects(new Error('connection refused'));
    await worker.start();
    sweep.resetHistory();

    await worker.clock.advance(60_000);

    expect(sweep.callCount).to.be.greaterThan(10);
    await worker.stop();
  });
});
