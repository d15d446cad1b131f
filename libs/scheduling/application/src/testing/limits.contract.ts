import { NO_PROGRESS, NOT_BEGUN, PAST_DEADLINE } from '#scheduling/domain';
import { expect } from 'chai';
import { leaseMs, type StartedQueue } from './queue-under-test.ts';

export function itLimitsTime(start: () => StartedQueue): void {
  it('fails a job that was not begun in its time, and begins none that is over', async () => {
    const { queue, clock, submit, claim, find, signal } = start();
    const id = await submit({ queueTimeoutMs: 5_000 });
    await clock.advance(4_999);
    const early = await queue.sweepExpired(10, signal);
    await clock.advance(1);

    const claimed = await claim();
    const swept = await queue.sweepExpired(10, signal);

    const fate = { state: 'failed', cause: 'notBegun', parked: false };
    expect([early, claimed, swept]).to.deep.equal([[], [], [{ id, type: 'test.run', attempt: 0, ...fate }]]);
    const end = { state: 'failed', failure: { reason: NOT_BEGUN }, finishedAt: clock.now() };
    expect(await find(id)).to.deep.include(end);
  });

  it('lets a job wait for its second attempt as long as it has to', async () => {
    const { queue, clock, submit, claimOne, signal } = start();
    const id = await submit({ queueTimeoutMs: 5_000 });
    await queue.fail((await claimOne()).lease, { reason: 'No.', retryInMs: 0 }, signal);
    await clock.advance(60_000);

    expect(await queue.sweepExpired(10, signal)).to.deep.equal([]);
    expect(await claimOne()).to.include({ id, attempt: 2 });
  });

  it('fails a job at its deadline while it waits for another attempt', async () => {
    const { queue, clock, submit, claim, claimOne, find, signal } = start();
    const id = await submit({ deadlineMs: 10_000 });
    await queue.fail((await claimOne()).lease, { reason: 'No.', retryInMs: 0 }, signal);
    await clock.advance(10_000);

    const claimed = await claim();
    const swept = await queue.sweepExpired(10, signal);

    expect(claimed).to.deep.equal([]);
    expect(swept.map(({ cause }) => cause)).to.deep.equal(['pastDeadline']);
    expect(await find(id)).to.deep.include({ state: 'failed', failure: { reason: PAST_DEADLINE }, attempt: 1 });
  });

  it('fails a job at its deadline while it runs, whatever its lease, and tells its worker how long that is', async () => {
    const { queue, clock, submit, claimOne, find, signal } = start();
    const id = await submit({ deadlineMs: 10_000 });
    await clock.advance(1_000);
    const { lease, remainingMs } = await claimOne();
    await clock.advance(8_999);
    const early = await queue.sweepExpired(10, signal);
    await clock.advance(1);

    const swept = await queue.sweepExpired(10, signal);

    const late = await queue.complete(lease, 'late', signal).catch(({ name }: Error) => name);
    expect([remainingMs, early, swept.length, late]).to.deep.equal([9_000, [], 1, 'LeaseLost']);
    expect(await find(id)).to.deep.include({ state: 'failed', failure: { reason: PAST_DEADLINE } });
  });

  it('takes a job from a worker that shows no progress, however often its heart beats', async () => {
    const { queue, clock, submit, claimOne, find, signal } = start();
    const id = await submit({ heartbeatTimeoutMs: 5_000 });
    const { lease, heartbeatTimeoutMs } = await claimOne();
    await clock.advance(4_000);
    await queue.tell(lease, { step: 'halfway', done: 1, total: 2 }, signal);
    await clock.advance(4_999);
    await queue.heartbeat(lease, leaseMs, signal);
    const early = await queue.sweepExpired(10, signal);
    await clock.advance(1);

    const swept = await queue.sweepExpired(10, signal);

    expect([heartbeatTimeoutMs, early]).to.deep.equal([5_000, []]);
    expect(swept).to.have.lengthOf(1);
    expect(swept[0]).to.include({ id, state: 'queued', cause: 'noProgress', parked: false });
    expect(await find(id)).to.deep.include({ state: 'queued', failure: { reason: NO_PROGRESS } });
  });

  it('keeps how far the attempt has come, until the next one begins', async () => {
    const { queue, submit, claimOne, find, signal } = start();
    const id = await submit();
    const { lease } = await claimOne();

    await queue.tell(lease, { step: 'halfway', done: 1, total: 2 }, signal);
    const told = await find(id);
    await queue.release(lease, signal);
    await claimOne();

    expect(told).to.deep.include({ progress: { step: 'halfway', done: 1, total: 2 } });
    expect(await find(id)).to.include({ progress: null });
  });
}
