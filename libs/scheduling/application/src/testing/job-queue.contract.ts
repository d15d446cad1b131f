import { expect } from 'chai';
import type { ManualClock } from '#kernel/testing';
import { LeaseLost, type Lease } from '#scheduling/contracts';
import { WORKER_VANISHED, type JobId, type ProposedJob } from '#scheduling/domain';
import type { ClaimedJob, JobClaim, JobQueue } from '../ports/job-queue.ts';
import type { JobReader } from '../ports/job-reader.ts';
import { JobBuilder } from './job-builder.ts';

/** An empty engine whose time is the clock's. */
export type QueueUnderTest = { readonly queue: JobQueue; readonly reader: JobReader; readonly clock: ManualClock };

const signal = new AbortController().signal;
const leaseMs = 15_000;

/** What every {@link JobQueue} promises, whatever it is made of. */
export function itBehavesLikeAJobQueue(open: () => QueueUnderTest): void {
  function start() {
    const { queue, reader, clock } = open();
    const build = new JobBuilder(clock.now());
    const submit = async (proposed: Partial<ProposedJob> = {}): Promise<JobId> => {
      const job = build.queued(proposed);
      await queue.submit(job, signal);
      return job.snapshot().id;
    };
    const claim = (claim: Partial<JobClaim> = {}): Promise<readonly ClaimedJob[]> =>
      queue.claim({ types: ['test.run'], worker: 'w1', limit: 10, leaseMs, ...claim }, signal);
    const claimOne = async (): Promise<ClaimedJob> => {
      const [job] = await claim({ limit: 1 });
      return job ?? expect.fail('Expected a job to claim.');
    };
    return { queue, clock, submit, claim, claimOne, find: (id: JobId) => reader.find(id, signal) };
  }

  describe('claiming', () => {
    it('hands out a job with all its worker needs', async () => {
      const { submit, claim, find } = start();
      const id = await submit({ payload: { device: 'r1', nested: [1, null, 'a\u0000b'] }, timeoutMs: 2_000 });

      const [job] = await claim();

      const payload = { device: 'r1', nested: [1, null, 'a\u0000b'] };
      const lease = { jobId: id, token: 1 };
      expect(job).to.deep.equal({ id, type: 'test.run', payload, attempt: 1, timeoutMs: 2_000, lease });
      expect(await find(id)).to.include({ state: 'running', worker: 'w1', attempt: 1 });
    });

    it('takes the higher priority first, then the earlier due time, then the lower id', async () => {
      const { clock, submit, claim } = start();
      const now = clock.now().getTime();
      const lowest = await submit({ priority: 1, dueAt: new Date(now - 9_000) });
      const late = await submit({ priority: 5, dueAt: new Date(now - 1_000) });
      const early = await submit({ priority: 5, dueAt: new Date(now - 2_000) });
      const twin = await submit({ priority: 5, dueAt: new Date(now - 2_000) });
      const urgent = await submit({ priority: 9, dueAt: new Date(now) });

      const order = [...(await claim({ limit: 2 })), ...(await claim({ limit: 10 }))];

      expect(order.map(({ id }) => id)).to.deep.equal([urgent, early, twin, late, lowest]);
    });

    it('leaves a job alone until it is due', async () => {
      const { clock, submit, claim } = start();
      const id = await submit({ priority: 9, dueAt: new Date(clock.now().getTime() + 1_000) });

      await clock.advance(999);
      const before = await claim();
      await clock.advance(1);
      const then = await claim();

      expect(before).to.deep.equal([]);
      expect(then.map((job) => job.id)).to.deep.equal([id]);
    });

    it('leaves types alone that were not asked for', async () => {
      const { submit, claim } = start();
      await submit({ type: 'from.another.version', priority: 9 });
      const id = await submit();

      const jobs = await claim();

      expect(jobs.map((job) => job.id)).to.deep.equal([id]);
    });

    it('gives no job to two of eight that ask at once', async () => {
      const { submit, claim } = start();
      const ids: JobId[] = [];
      for (let n = 0; n < 40; n += 1) ids.push(await submit());

      const rounds = Array.from({ length: 8 }, async () => [
        ...(await claim({ limit: 3 })),
        ...(await claim({ limit: 3 })),
      ]);
      const claimed = (await Promise.all(rounds)).flat().map(({ id }) => id);

      const rest = (await claim({ limit: 40 })).map(({ id }) => id);
      expect([...claimed, ...rest].sort()).to.deep.equal(ids);
    });

    it('claims nothing for a caller that has given up', async () => {
      const { queue, submit, find } = start();
      const id = await submit();
      const reason = new Error('gave up');
      const claim = { types: ['test.run'], worker: 'w1', limit: 10, leaseMs };

      const refused = await queue.claim(claim, AbortSignal.abort(reason)).catch((error: unknown) => error);

      expect(refused).to.equal(reason);
      expect(await find(id)).to.include({ state: 'queued', attempt: 0 });
    });

    it('is answered or without effect when the caller gives up in the middle', async () => {
      const { queue, submit, find } = start();
      const id = await submit();
      const caller = new AbortController();
      const claim = { types: ['test.run'], worker: 'w1', limit: 10, leaseMs };

      const claiming = queue.claim(claim, caller.signal).catch(() => []);
      caller.abort(new Error('gave up'));
      const jobs = await claiming;

      const state = jobs.length === 0 ? 'queued' : 'running';
      expect(await find(id)).to.include({ state, attempt: jobs.length });
    });
  });

  describe('ending an attempt', () => {
    it('keeps the result of a job that succeeded', async () => {
      const { queue, clock, submit, claimOne, find } = start();
      const id = await submit();
      const { lease } = await claimOne();
      await clock.advance(2_000);

      await queue.complete(lease, { outcome: 'stored', text: '\u0000\ud800' }, signal);

      const result = { outcome: 'stored', text: '\u0000\ud800' };
      expect(await find(id)).to.deep.include({ state: 'succeeded', result, finishedAt: clock.now(), failure: null });
    });

    it('keeps a result that is null', async () => {
      const { queue, submit, claimOne, find } = start();
      const id = await submit();

      await queue.complete((await claimOne()).lease, null, signal);

      expect(await find(id)).to.include({ state: 'succeeded', result: null });
    });

    it('waits as long as asked before the next attempt', async () => {
      const { queue, clock, submit, claim, claimOne, find } = start();
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
      const { queue, clock, submit, claimOne, find } = start();
      const id = await submit();
      const { lease } = await claimOne();

      const state = await queue.fail(lease, { reason: 'No such device.', retryInMs: null }, signal);

      expect(state).to.equal('failed');
      const end = { state: 'failed', failure: { reason: 'No such device.' }, finishedAt: clock.now() };
      expect(await find(id)).to.deep.include(end);
    });

    it('begins no attempt beyond the last one', async () => {
      const { queue, submit, claim, claimOne } = start();
      await submit({ maxAttempts: 2 });

      const first = await queue.fail((await claimOne()).lease, { reason: 'No.', retryInMs: 0 }, signal);
      const second = await queue.fail((await claimOne()).lease, { reason: 'No.', retryInMs: 0 }, signal);

      expect([first, second]).to.deep.equal(['queued', 'failed']);
      expect(await claim()).to.deep.equal([]);
    });

    it('does not count an attempt that was handed back', async () => {
      const { queue, submit, claimOne, find } = start();
      const id = await submit({ maxAttempts: 1 });

      await queue.release((await claimOne()).lease, signal);

      expect(await find(id)).to.include({ state: 'queued', attempt: 0, failure: null });
      expect(await claimOne()).to.deep.include({ id, attempt: 1, lease: { jobId: id, token: 2 } });
    });

    type Write = (queue: JobQueue, lease: Lease, signal: AbortSignal) => Promise<unknown>;
    const writes: Record<string, Write> = {
      heartbeat: (queue, lease, signal) => queue.heartbeat(lease, leaseMs, signal),
      complete: (queue, lease, signal) => queue.complete(lease, 'late', signal),
      fail: (queue, lease, signal) => queue.fail(lease, { reason: 'Late.', retryInMs: 0 }, signal),
      release: (queue, lease, signal) => queue.release(lease, signal),
    };

    for (const [name, write] of Object.entries(writes)) {
      it(`refuses a ${name} with a lease that another claim has replaced`, async () => {
        const { queue, submit, claimOne, find } = start();
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
        const { queue, submit, claimOne, find } = start();
        const id = await submit();
        const stale = (await claimOne()).lease;
        await queue.release(stale, signal);
        const before = await find(id);

        const refused = await write(queue, stale, signal).catch((error: unknown) => error);

        expect(refused).to.be.instanceOf(LeaseLost);
        expect(await find(id)).to.deep.equal(before);
      });

      it(`refuses a ${name} for a job that has ended`, async () => {
        const { queue, submit, claimOne, find } = start();
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
  });

  describe('leases', () => {
    it('takes no job from a worker whose heartbeats come in time', async () => {
      const { queue, clock, submit, claimOne } = start();
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
      const { queue, clock, submit, claimOne, find } = start();
      const id = await submit();
      await claimOne();
      await clock.advance(leaseMs);

      const swept = await queue.sweepExpired(10, signal);

      expect(swept).to.deep.equal([{ id, type: 'test.run', attempt: 1, state: 'queued' }]);
      expect(await find(id)).to.deep.include({ state: 'queued', failure: { reason: WORKER_VANISHED } });
      expect(await claimOne()).to.deep.include({ id, attempt: 2, lease: { jobId: id, token: 2 } });
    });

    it('still honours a lease that ran out, as long as the job was not taken', async () => {
      const { queue, clock, submit, claimOne, find } = start();
      const id = await submit();
      const { lease } = await claimOne();
      await clock.advance(leaseMs * 2);

      await queue.complete(lease, 'just in time', signal);

      expect(await queue.sweepExpired(10, signal)).to.deep.equal([]);
      expect(await find(id)).to.include({ state: 'succeeded' });
    });

    it('parks a job that has cost a worker in every attempt', async () => {
      const { queue, clock, submit, claim, claimOne, find } = start();
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
      const { queue, clock, submit, claim } = start();
      const ids: JobId[] = [];
      for (let n = 0; n < 12; n += 1) ids.push(await submit());
      await claim({ limit: 12 });
      await clock.advance(leaseMs);

      const sweeps = await Promise.all(Array.from({ length: 6 }, () => queue.sweepExpired(12, signal)));

      const swept = sweeps.flat().map(({ id }) => id);
      expect(swept.sort()).to.deep.equal(ids);
    });

    it('takes those first that ran out first, no more than asked, and types of any kind', async () => {
      const { queue, clock, submit, claim } = start();
      const first = await submit({ type: 'from.another.version' });
      await claim({ types: ['from.another.version'], leaseMs: 1_000 });
      const second = await submit();
      await claim({ leaseMs: 2_000 });
      const third = await submit();
      await claim({ leaseMs: 3_000 });
      await clock.advance(3_000);

      const pages = [await queue.sweepExpired(2, signal), await queue.sweepExpired(2, signal)];

      const ids = pages.map((page) => page.map(({ id }) => id).sort());
      expect(ids).to.deep.equal([[first, second], [third]]);
    });
  });
}
