import { expectErr, expectOk, sequentialId } from '#kernel/testing';
import { expect } from 'chai';
import { leaseMs, type StartedQueue } from './queue-under-test.ts';

const asked = { by: 'ada', reason: 'a mistake' };

export function itCancels(start: () => StartedQueue): void {
  it('ends a job that waits, at once', async () => {
    const { queue, clock, submit, claim, find, signal } = start();
    const id = await submit();

    const outcome = await queue.cancel({ id, ...asked }, signal);

    const cancellation = { ...asked, at: clock.now() };
    expect(expectOk(outcome)).to.equal('cancelled');
    expect(await find(id)).to.deep.include({ state: 'cancelled', finishedAt: clock.now(), cancellation });
    expect(await claim()).to.deep.equal([]);
  });

  it('tells the worker of a job that runs by its next heartbeat, again and again', async () => {
    const { queue, submit, claimOne, find, signal } = start();
    const id = await submit();
    const { lease } = await claimOne();
    const before = await queue.heartbeat(lease, leaseMs, signal);

    const outcome = await queue.cancel({ id, ...asked }, signal);

    const beats = [await queue.heartbeat(lease, leaseMs, signal), await queue.heartbeat(lease, leaseMs, signal)];
    expect(expectOk(outcome)).to.equal('requested');
    expect([before, ...beats].map(({ isToBeCancelled }) => isToBeCancelled)).to.deep.equal([false, true, true]);
    expect(await find(id)).to.deep.include({ state: 'running' });
  });

  it('keeps the first of two requests', async () => {
    const { queue, clock, submit, claimOne, find, signal } = start();
    const id = await submit();
    await claimOne();
    const at = clock.now();
    await queue.cancel({ id, ...asked }, signal);
    await clock.advance(1_000);

    const again = await queue.cancel({ id, by: 'bob', reason: null }, signal);

    expect(expectOk(again)).to.equal('requested');
    expect(await find(id)).to.deep.include({ cancellation: { ...asked, at } });
  });

  it('is cancelled when the attempt fails, with attempts left or not', async () => {
    const { queue, submit, claimOne, find, signal } = start();
    const id = await submit();
    const { lease } = await claimOne();
    await queue.cancel({ id, ...asked }, signal);

    const state = await queue.fail(lease, { reason: 'It was cancelled.', retryInMs: 0 }, signal);

    expect(state).to.equal('cancelled');
    expect(await find(id)).to.deep.include({
      state: 'cancelled',
      failure: { reason: 'It was cancelled.' },
      attempt: 1,
    });
  });

  it('is cancelled when the attempt is handed back', async () => {
    const { queue, submit, claimOne, find, signal } = start();
    const id = await submit();
    const { lease } = await claimOne();
    await queue.cancel({ id, ...asked }, signal);

    await queue.release(lease, signal);

    expect(await find(id)).to.include({ state: 'cancelled' });
  });

  it('is cancelled when its worker is not heard of any more', async () => {
    const { queue, clock, submit, claimOne, find, signal } = start();
    const id = await submit();
    await claimOne();
    await queue.cancel({ id, ...asked }, signal);
    const early = await queue.sweepExpired(10, signal);
    await clock.advance(leaseMs);

    const swept = await queue.sweepExpired(10, signal);

    const fate = { state: 'cancelled', cause: 'cancelled', parked: false };
    expect([early, swept]).to.deep.equal([[], [{ id, type: 'test.run', attempt: 1, ...fate }]]);
    expect(await find(id)).to.include({ state: 'cancelled' });
  });

  it('has succeeded when it was done all the same', async () => {
    const { queue, submit, claimOne, find, signal } = start();
    const id = await submit();
    const { lease } = await claimOne();
    await queue.cancel({ id, ...asked }, signal);

    await queue.complete(lease, 'done', signal);

    expect(await find(id)).to.deep.include({ state: 'succeeded', result: 'done' });
  });

  it('refuses to cancel what has ended or never was', async () => {
    const { queue, submit, claimOne, signal } = start();
    const id = await submit();
    await queue.complete((await claimOne()).lease, null, signal);
    const unknown = sequentialId<'Job'>(99);

    const refusals = [
      await queue.cancel({ id, ...asked }, signal),
      await queue.cancel({ id: unknown, ...asked }, signal),
    ].map(expectErr);

    expect(refusals).to.deep.equal([
      { kind: 'JobHasEnded', state: 'succeeded' },
      { kind: 'JobNotFound', id: unknown },
    ]);
  });

  it('cancels nothing for a caller that has given up', async () => {
    const { queue, submit, find } = start();
    const id = await submit();
    const reason = new Error('gave up');

    const refused = await queue.cancel({ id, ...asked }, AbortSignal.abort(reason)).catch((error: unknown) => error);

    expect(refused).to.equal(reason);
    expect(await find(id)).to.include({ state: 'queued' });
  });
}
