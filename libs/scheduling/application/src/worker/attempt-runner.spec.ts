import { expect } from 'chai';
import sinon from 'sinon';
import { DeadlineExceeded, err, ok } from '#kernel';
import { LeaseLost, type JobAttempt } from '#scheduling/contracts';
import { WorkerUnderTest } from '../testing/worker-under-test.ts';

const signal = new AbortController().signal;
const never = (): Promise<never> => new Promise(() => {});

/** Ends with the reason of its signal, and tells it. */
function obedient() {
  const seen: { reason?: unknown; attempt?: JobAttempt } = {};
  const handle = (attempt: JobAttempt, stop: AbortSignal): Promise<never> => {
    seen.attempt = attempt;
    return new Promise((_, reject) =>
      stop.addEventListener('abort', () => {
        seen.reason = stop.reason;
        reject(stop.reason);
      }),
    );
  };
  return { seen, handle };
}

describe('an attempt', () => {
  it('that failed is repeated after a pause, as long as attempts are left', async () => {
    const worker = new WorkerUnderTest(async () => err({ reason: 'Unreachable.', retry: true }));
    const id = await worker.submit({ maxAttempts: 2 });
    await worker.start();

    const first = await worker.find(id);
    await worker.clock.advance(10_000);

    expect(first).to.deep.include({ state: 'queued', attempt: 1, failure: { reason: 'Unreachable.' } });
    expect(await worker.find(id)).to.deep.include({ state: 'failed', attempt: 2, failure: { reason: 'Unreachable.' } });
    expect(worker.journal.kinds).to.deep.equal(['AttemptBegan', 'AttemptFailed', 'AttemptBegan', 'JobFailed']);
    await worker.stop();
  });

  it('that failed for good is not repeated', async () => {
    const worker = new WorkerUnderTest(async () => err({ reason: 'No such device.', retry: false }));
    const id = await worker.submit();

    await worker.start();

    expect(await worker.find(id)).to.deep.include({
      state: 'failed',
      attempt: 1,
      failure: { reason: 'No such device.' },
    });
    await worker.stop();
  });

  it('whose handler threw counts as one that may be repeated, and the error is told', async () => {
    const defect = new Error('first line\nsecond line');
    const worker = new WorkerUnderTest(() => {
      throw defect;
    });
    const id = await worker.submit();

    await worker.start();

    const failure = { reason: 'first line second line' };
    expect(await worker.find(id)).to.deep.include({ state: 'queued', attempt: 1, failure });
    expect(worker.journal.events).to.deep.include({
      kind: 'HandlerThrew',
      error: defect,
      jobId: id,
      type: 'test.run',
      attempt: 1,
    });
    await worker.stop();
  });

  it('keeps its lease as long as it goes on', async () => {
    const end = Promise.withResolvers<void>();
    const worker = new WorkerUnderTest(async () => {
      await end.promise;
      return ok(null);
    });
    const id = await worker.submit();
    await worker.start();

    await worker.clock.advance(150_000);
    end.resolve();
    await worker.clock.advance(0);

    expect(await worker.find(id)).to.include({ state: 'succeeded', attempt: 1 });
    await worker.stop();
  });

  it('that takes too long is asked to end, and may be repeated', async () => {
    const { seen, handle } = obedient();
    const worker = new WorkerUnderTest(handle);
    const id = await worker.submit({ timeoutMs: 30_000 });
    await worker.start();

    await worker.clock.advance(30_000);

    expect(seen.reason).to.be.instanceOf(DeadlineExceeded);
    const failure = { reason: 'It took longer than 30 seconds.' };
    expect(await worker.find(id)).to.deep.include({ state: 'queued', attempt: 1, failure });
    await worker.stop();
  });

  it('that was finished just after its time still counts', async () => {
    const worker = new WorkerUnderTest(
      (_, stop) => new Promise((resolve) => stop.addEventListener('abort', () => resolve(ok('late but done')))),
    );
    const id = await worker.submit({ timeoutMs: 30_000 });
    await worker.start();

    await worker.clock.advance(30_000);

    expect(await worker.find(id)).to.include({ state: 'succeeded', result: 'late but done' });
    await worker.stop();
  });

  it('whose handler does not end loses its place and its lease', async () => {
    const attempts: JobAttempt[] = [];
    const worker = new WorkerUnderTest(
      (attempt) => {
        attempts.push(attempt);
        return attempts.length === 1 ? never() : Promise.resolve(ok('second'));
      },
      { concurrency: 1, patienceMs: 5_000 },
    );
    const id = await worker.submit({ timeoutMs: 30_000 });
    await worker.start();

    await worker.clock.advance(45_000);
    const late = await worker.queue.complete(attempts[0]!.lease, 'first', signal).catch((error: unknown) => error);

    expect(await worker.find(id)).to.include({ state: 'succeeded', result: 'second', attempt: 2 });
    expect(worker.journal.kinds).to.include('HandlerIgnoredAbort');
    expect(late).to.be.instanceOf(LeaseLost);
    await worker.stop();
  });

  describe('whose lease is lost', () => {
    it('is asked to end, and writes nothing', async () => {
      const { seen, handle } = obedient();
      const worker = new WorkerUnderTest(handle, { concurrency: 1 });
      const id = await worker.submit();
      await worker.start();
      await worker.queue.complete(seen.attempt!.lease, 'by another hand', signal);

      await worker.clock.advance(5_000);

      expect(seen.reason).to.be.instanceOf(LeaseLost);
      expect(await worker.find(id)).to.include({ state: 'succeeded', result: 'by another hand' });
      expect(worker.journal.kinds).to.deep.equal(['AttemptBegan', 'LeaseLost']);
      await worker.stop();
    });

    it('is over when its handler finds out first', async () => {
      const worker = new WorkerUnderTest(async ({ lease }) => {
        await worker.queue.complete(lease, 'by another hand', signal);
        throw new LeaseLost(lease);
      });
      const id = await worker.submit();

      await worker.start();

      expect(await worker.find(id)).to.include({ result: 'by another hand' });
      expect(worker.journal.kinds).to.deep.equal(['AttemptBegan', 'LeaseLost']);
      await worker.stop();
    });

    it('is asked to end when the queue was not reached for the whole lease', async () => {
      const { seen, handle } = obedient();
      const worker = new WorkerUnderTest(handle, { leaseMs: 15_000 });
      sinon.stub(worker.queue, 'sweepExpired').resolves([]);
      await worker.submit();
      await worker.start();
      sinon.stub(worker.queue, 'heartbeat').rejects(new Error('connection refused'));

      await worker.clock.advance(14_999);
      const before = seen.reason;
      await worker.clock.advance(1);

      expect(before).to.equal(undefined);
      expect(seen.reason).to.be.instanceOf(LeaseLost);
      expect(worker.journal.kinds).to.deep.equal(['AttemptBegan', 'LeaseLost']);
      await worker.stop();
    });

    it('still counts when it was done and no other worker has the job', async () => {
      const worker = new WorkerUnderTest(
        (_, stop) => new Promise((resolve) => stop.addEventListener('abort', () => resolve(ok('done')))),
        { leaseMs: 15_000 },
      );
      sinon.stub(worker.queue, 'sweepExpired').resolves([]);
      sinon.stub(worker.queue, 'heartbeat').rejects(new Error('connection refused'));
      const id = await worker.submit();
      await worker.start();

      await worker.clock.advance(15_000);

      expect(await worker.find(id)).to.include({ state: 'succeeded', result: 'done' });
      await worker.stop();
    });

    it('is not lost by one heartbeat that failed', async () => {
      const { seen, handle } = obedient();
      const worker = new WorkerUnderTest(handle, { leaseMs: 15_000 });
      await worker.submit();
      await worker.start();
      const heartbeat = sinon.stub(worker.queue, 'heartbeat').rejects(new Error('connection refused'));

      await worker.clock.advance(5_000);
      heartbeat.restore();
      await worker.clock.advance(100_000);

      expect(seen.reason).to.equal(undefined);
      const stopped = worker.stop();
      await worker.clock.advance(20_000);
      await stopped;
    });
  });

  describe('whose end the queue does not take', () => {
    it('is told again until the queue takes it', async () => {
      const worker = new WorkerUnderTest(async () => ok('kept'));
      const complete = sinon.stub(worker.queue, 'complete').rejects(new Error('connection refused'));
      const id = await worker.submit();
      await worker.start();

      await worker.clock.advance(2_000);
      complete.restore();
      await worker.clock.advance(5_000);

      expect(await worker.find(id)).to.include({ state: 'succeeded', result: 'kept', attempt: 1 });
      await worker.stop();
    });

    it('is left to the sweep after the time of one lease', async () => {
      const worker = new WorkerUnderTest(async () => ok('never kept'), { leaseMs: 15_000 });
      sinon.stub(worker.queue, 'complete').rejects(new Error('no such column'));
      const id = await worker.submit({ maxAttempts: 1 });
      await worker.start();

      await worker.clock.advance(60_000);

      expect(worker.journal.kinds).to.include('EndNotRecorded').and.to.include('JobParked');
      expect(await worker.find(id)).to.include({ state: 'failed' });
      await worker.stop();
    });
  });
});
