import { expect } from 'chai';
import { LeaseLost, type Lease } from '#scheduling/contracts';
import type { JobQueue } from '../ports/job-queue.ts';
import { leaseMs, type StartedQueue } from './queue-under-test.ts';

type Start = () => StartedQueue;

export function itEndsAttempts(start: Start): void {
  it('keeps the result of a job that succeeded', async () => {
    const { queue, clock, submit, claimOne, find, signal } = start();
    const id = await submit();
    const { lease } = await claimOne();
    await clock.advance(2_000);

    await queue.complete(lease, { outcome: 'stored', text: '\u0000\ud800' }, signal);

    const result = { outcome: 'stored', text: '\u0000\ud800' };
    expect(await find(id)).to.deep.include({ state: 'succeeded', result, finishedAt: clock.now(), failure: null });
  });

  it('keeps a result that is null', async () => {
    const { queue, submit, claimOne, find, signal } = start();
    const id = await submit();

    await queue.complete((await claimOne()).lease, null, signal);

    expect(await find(id)).to.include({ state: 'succeeded', result: null });
  });

  it('waits as long as asked before the next attempt', async () => {
    const { queue, clock, submit, claim, claimOne, find, signal } = start();
    const id = await submit();
    const { lease } = await claimOne();

    const state = await queue.fail(lease, { reason: 'Unreachable.', retryInMs: 1_000 }, signal);

    expect(state).to.equal('queued');
    expect(await find(id)).to.deep.include({ state: 'queued', attempt: 1, failure: { reason: 'Unreachable.' } });
    await clock.advance(999);
    expect(await claim()).to.deep.equal([]);
    await clock.advance(1);
    expect(await claimOne()).to.deep.include({ id, attempt: 2, lease: { jobId: id, token: 2 } });
  });

  it('ends the job when another attempt would not help', async () => {
    const { queue, clock, submit, claimOne, find, signal } = start();
    const id = await submit();
    const { lease } = await claimOne();

    const state = await queue.fail(lease, { reason: 'No such device.', retryInMs: null }, signal);

    expect(state).to.equal('failed');
    const end = { state: 'failed', failure: { reason: 'No such device.' }, finishedAt: clock.now() };
    expect(await find(id)).to.deep.include(end);
  });

  it('begins no attempt beyond the last one', async () => {
    const { queue, submit, claim, claimOne, signal } = start();
    await submit({ maxAttempts: 2 });

    const first = await queue.fail((await claimOne()).lease, { reason: 'No.', retryInMs: 0 }, signal);
    const second = await queue.fail((await claimOne()).lease, { reason: 'No.', retryInMs: 0 }, signal);

    expect([first, second]).to.deep.equal(['queued', 'failed']);
    expect(await claim()).to.deep.equal([]);
  });

  it('does not count an attempt that was handed back', async () => {
    const { queue, submit, claimOne, find, signal } = start();
    const id = await submit({ maxAttempts: 1 });

    await queue.release((await claimOne()).lease, signal);

    expect(await find(id)).to.include({ state: 'queued', attempt: 0, failure: null });
    expect(await claimOne()).to.deep.include({ id, attempt: 1, lease: { jobId: id, token: 2 } });
  });

  type Write = (queue: JobQueue, lease: Lease, signal: AbortSignal) => Promise<unknown>;
  const writes: Record<string, Write> = {
    heartbeat: (queue, lease, signal) => queue.heartbeat(lease, leaseMs, signal),
    progress: (queue, lease, signal) => queue.tell(lease, { step: 'late' }, signal),
    complete: (queue, lease, signal) => queue.complete(lease, 'late', signal),
    fail: (queue, lease, signal) => queue.fail(lease, { reason: 'Late.', retryInMs: 0 }, signal),
    release: (queue, lease, signal) => queue.release(lease, signal),
  };

  for (const [name, write] of Object.entries(writes)) {
    it(`refuses a ${name} with a lease that another claim has replaced`, async () => {
      const { queue, submit, claimOne, find, signal } = start();
      const id = await submit();
      const stale = (await claimOne()).lease;
      await queue.release(stale, signal);
      await claimOne();
      const before = await find(id);

      const refused = await write(queue, stale, signal).catch((error: unknown) => error);

      expect(refused).to.be.instanceOf(LeaseLost).with.deep.property('lease', stale);
      expect(await find(id)).to.deep.equal(before);
    });

    it(`refuses a ${name} for a job that waits in the queue again`, async () => {
      const { queue, submit, claimOne, find, signal } = start();
      const id = await submit();
      const stale = (await claimOne()).lease;
      await queue.release(stale, signal);
      const before = await find(id);

      const refused = await write(queue, stale, signal).catch((error: unknown) => error);

      expect(refused).to.be.instanceOf(LeaseLost);
      expect(await find(id)).to.deep.equal(before);
    });

    it(`refuses a ${name} for a job that has ended`, async () => {
      const { queue, submit, claimOne, find, signal } = start();
      const id = await submit();
      const { lease } = await claimOne();
      await queue.complete(lease, 'first', signal);
      const before = await find(id);

      const refused = await write(queue, lease, signal).catch((error: unknown) => error);

      expect(refused).to.be.instanceOf(LeaseLost);
      expect(await find(id)).to.deep.equal(before);
    });

    it(`changes nothing on a ${name} for a caller that has given up`, async () => {
      const { queue, submit, claimOne, find } = start();
      const id = await submit();
      const { lease } = await claimOne();
      const before = await find(id);
      const reason = new Error('gave up');

      const refused = await write(queue, lease, AbortSignal.abort(reason)).catch((error: unknown) => error);

      expect(refused).to.equal(reason);
      expect(await find(id)).to.deep.equal(before);
    });
  }
}
