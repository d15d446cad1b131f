import { expect } from 'chai';
import sinon from 'sinon';
import { err } from '#kernel';
import { WorkerUnderTest } from '../testing/worker-under-test.ts';

describe('an attempt whose lease was lost', () => {
  it('does not count as failed, whatever its handler answers when it is asked to end', async () => {
    const failure = err({ reason: 'Cut off.', retry: false });
    const worker = new WorkerUnderTest(
      (_, stop) => new Promise((resolve) => stop.addEventListener('abort', () => resolve(failure))),
      { leaseMs: 15_000 },
    );
    sinon.stub(worker.queue, 'sweepExpired').resolves([]);
    sinon.stub(worker.queue, 'heartbeat').rejects(new Error('connection refused'));
    const id = await worker.submit();
    await worker.start();

    await worker.clock.advance(15_000);

    expect(await worker.find(id)).to.include({ state: 'running', attempt: 1, failure: null });
    expect(worker.journal.kinds).to.deep.equal(['AttemptBegan', 'LeaseLost']);
    await worker.stop();
  });
});
