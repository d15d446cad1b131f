import { expectErr, expectOk, sequentialId } from '#kernel/testing';
import { expect } from 'chai';
import type { StartedQueue } from './queue-under-test.ts';

export function itRetries(start: () => StartedQueue): void {
  it('puts a job that has failed back into the queue, due now, with attempts more', async () => {
    const { queue, clock, submit, claimOne, find, signal } = start();
    const id = await submit({ maxAttempts: 1 });
    await queue.fail((await claimOne()).lease, { reason: 'No.', retryInMs: 0 }, signal);
    await clock.advance(60_000);

    const outcome = await queue.retry({ id, by: 'ada', attempts: 2 }, signal);

    expectOk(outcome);
    const terms = { maxAttempts: 3, dueAt: clock.now(), failure: { reason: 'No.' } };
    expect(await find(id)).to.deep.include({ state: 'queued', attempt: 1, ...terms });
    expect(await claimOne()).to.deep.include({ id, attempt: 2, lease: { jobId: id, token: 2 } });
  });

  it('does a job again that was cancelled', async () => {
    const { queue, submit, claimOne, find, signal } = start();
    const id = await submit();
    await queue.cancel({ id, by: 'ada', reason: null }, signal);

    await queue.retry({ id, by: 'ada', attempts: 1 }, signal);

    expect(await find(id)).to.deep.include({ state: 'queued', cancellation: null });
    expect(await claimOne()).to.include({ id, attempt: 1 });
  });

  it('gives its limits anew', async () => {
    const { queue, clock, submit, find, signal } = start();
    const id = await submit({ queueTimeoutMs: 5_000, deadlineMs: 10_000 });
    await clock.advance(10_000);
    await queue.sweepExpired(10, signal);

    await queue.retry({ id, by: 'ada', attempts: 1 }, signal);

    const later = (ms: number): Date => new Date(clock.now().getTime() + ms);
    expect(await find(id)).to.deep.include({ state: 'queued', startBy: later(5_000), endBy: later(10_000) });
    expect(await queue.sweepExpired(10, signal)).to.deep.equal([]);
  });

  it('refuses what has succeeded, has not ended or never was', async () => {
    const { queue, submit, claimOne, signal } = start();
    const done = await submit();
    await queue.complete((await claimOne()).lease, null, signal);
    const running = await submit();
    await claimOne();
    const waiting = await submit();
    const unknown = sequentialId<'Job'>(99);

    const refusals = [];
    for (const id of [done, running, waiting, unknown]) {
      refusals.push(expectErr(await queue.retry({ id, by: 'ada', attempts: 1 }, signal)));
    }

    expect(refusals).to.deep.equal([
      { kind: 'JobHasEnded', state: 'succeeded' },
      { kind: 'JobNotEnded', state: 'running' },
      { kind: 'JobNotEnded', state: 'queued' },
      { kind: 'JobNotFound', id: unknown },
    ]);
  });
}
