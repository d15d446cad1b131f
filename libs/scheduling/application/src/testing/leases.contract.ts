import { expect } from 'chai';
import { WORKER_VANISHED, type JobId } from '#scheduling/domain';
import { race } from '#testing/concurrency';
import { leaseMs, type StartedQueue } from './queue-under-test.ts';

type Start = () => StartedQueue;

export function itKeepsLeases(start: Start): void {
  it('takes no job from a worker whose heartbeats come in time', async () => {
    const { queue, clock, submit, claimOne, signal } = start();
    await submit();
    const { lease } = await claimOne();

    const swept = [];
    for (let beat = 0; beat < 20; beat += 1) {
      await clock.advance(leaseMs - 1);
      swept.push(...(await queue.sweepExpired(10, signal)));
      await queue.heartbeat(lease, leaseMs, signal);
    }

    expect(swept).to.deep.equal([]);
  });

  it('takes a job from a worker that was not heard of, and lets another one claim it', async () => {
    const { queue, clock, submit, claimOne, find, signal } = start();
    const id = await submit();
    await claimOne();
    await clock.advance(leaseMs);

    const swept = await queue.sweepExpired(10, signal);

    const fate = { state: 'queued', cause: 'workerVanished', parked: false };
    expect(swept).to.deep.equal([{ id, type: 'test.run', attempt: 1, ...fate }]);
    expect(await find(id)).to.deep.include({ state: 'queued', failure: { reason: WORKER_VANISHED } });
    expect(await claimOne()).to.deep.include({ id, attempt: 2, lease: { jobId: id, token: 2 } });
  });

  it('still honours a lease that ran out, as long as the job was not taken', async () => {
    const { queue, clock, submit, claimOne, find, signal } = start();
    const id = await submit();
    const { lease } = await claimOne();
    await clock.advance(leaseMs * 2);

    await queue.complete(lease, 'just in time', signal);

    expect(await queue.sweepExpired(10, signal)).to.deep.equal([]);
    expect(await find(id)).to.include({ state: 'succeeded' });
  });

  it('parks a job that has cost a worker in every attempt', async () => {
    const { queue, clock, submit, claim, claimOne, find, signal } = start();
    const id = await submit({ maxAttempts: 2 });

    const ends = [];
    for (let death = 0; death < 2; death += 1) {
      await claimOne();
      await clock.advance(leaseMs);
      ends.push(...(await queue.sweepExpired(10, signal)).map(({ state }) => state));
    }

    expect(ends).to.deep.equal(['queued', 'failed']);
    const end = { state: 'failed', failure: { reason: WORKER_VANISHED }, finishedAt: clock.now() };
    expect(await find(id)).to.deep.include(end);
    expect(await claim()).to.deep.equal([]);
  });

  it('takes each job once when several sweep at the same time', async () => {
    const { queue, clock, submit, claim, database } = start();
    const ids: JobId[] = [];
    for (let n = 0; n < 12; n += 1) ids.push(await submit());
    await claim({ limit: 12 });
    await clock.advance(leaseMs);

    const sweeps = await race(6, (racer) => queue.sweepExpired(12, racer.signal), { on: database });

    sweeps.expect({ fulfilled: 6 });
    const swept = sweeps.values.flat().map(({ id }) => id);
    expect(swept.sort()).to.deep.equal(ids);
  });

  it('takes those first that ran out first, no more than asked, and types of any kind', async () => {
    const { queue, clock, submit, claim, signal } = start();
    const third = await submit();
    await claim({ leaseMs: 3_000 });
    const first = await submit({ type: 'from.another.version' });
    await claim({ types: ['from.another.version'], leaseMs: 1_000 });
    const second = await submit();
    await claim({ leaseMs: 2_000 });
    await clock.advance(3_000);

    const pages = [await queue.sweepExpired(2, signal), await queue.sweepExpired(2, signal)];

    const ids = pages.map((page) => page.map(({ id }) => id).sort());
    expect(ids).to.deep.equal([[first, second], [third]]);
  });
}
