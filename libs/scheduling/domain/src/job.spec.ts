import { expect } from 'chai';
import { expectErr, expectOk } from '#kernel/testing';
import { WORKER_VANISHED } from './job-reasons.ts';
import { after, claimed, held, leaseMs, queuedJob, requeued, start } from './testing/jobs-in-hand.ts';

describe('QueuedJob', () => {
  it('begins with no attempt and no lease', () => {
    const job = queuedJob();

    expect(job.snapshot()).to.include({ state: 'queued', attempt: 0, token: 0, failure: null });
  });

  it('runs under a lease once it is claimed', () => {
    const job = queuedJob();

    const running = expectOk(job.claim({ worker: 'w1', now: after(1), leaseMs }));

    const lease = { worker: 'w1', token: 1, leaseExpiresAt: after(16) };
    expect(running.snapshot()).to.deep.include({ state: 'running', attempt: 1, ...lease });
  });

  it('cannot be claimed before it is due', () => {
    const job = queuedJob({ dueAt: after(60) });

    const refusal = expectErr(job.claim({ worker: 'w1', now: after(59.999), leaseMs }));

    expect(refusal).to.deep.equal({ kind: 'JobNotDue', dueAt: after(60) });
  });

  it('can be claimed at the very moment it is due', () => {
    const job = queuedJob({ dueAt: after(60) });

    const outcome = job.claim({ worker: 'w1', now: after(60), leaseMs });

    expect(outcome.ok).to.equal(true);
  });
});

describe('RunningJob', () => {
  it('is in the hands of the newest lease only', () => {
    const second = claimed(requeued(held(claimed(queuedJob())).release(start)));

    const refusal = expectErr(second.heldBy(1));

    expect(refusal).to.deep.equal({ kind: 'StaleToken', current: 2 });
  });

  it('keeps its token and gains time with a heartbeat', () => {
    const running = held(claimed(queuedJob())).heartbeat({ now: after(5), leaseMs });

    expect(running.snapshot()).to.deep.include({ token: 1, attempt: 1, leaseExpiresAt: after(20) });
  });

  it('ends with its result', () => {
    const finished = held(claimed(queuedJob())).succeed({ bytes: 12 }, after(3));

    const end = { state: 'succeeded', result: { bytes: 12 }, finishedAt: after(3), failure: null };
    expect(finished.snapshot()).to.deep.include(end);
  });

  it('waits for its next attempt after a failure that may pass', () => {
    const job = held(claimed(queuedJob())).fail({ reason: 'Unreachable.', now: after(2), retryInMs: 10_000 });

    const failure = { reason: 'Unreachable.' };
    expect(job.snapshot()).to.deep.include({ state: 'queued', attempt: 1, dueAt: after(12), failure });
  });

  it('ends as failed when another attempt would not help', () => {
    const job = held(claimed(queuedJob())).fail({ reason: 'No such device.', now: after(2), retryInMs: null });

    const end = { state: 'failed', finishedAt: after(2), failure: { reason: 'No such device.' } };
    expect(job.snapshot()).to.deep.include(end);
  });

  it('ends as failed when the last attempt fails, though another one was asked for', () => {
    const running = claimed(queuedJob({ maxAttempts: 1 }));

    const job = held(running).fail({ reason: 'Unreachable.', now: after(2), retryInMs: 10_000 });

    expect(job.snapshot().state).to.equal('failed');
  });

  it('forgets an earlier failure when it succeeds', () => {
    const failedOnce = held(claimed(queuedJob())).fail({ reason: 'Unreachable.', now: start, retryInMs: 0 });

    const finished = held(claimed(requeued(failedOnce))).succeed(null, after(3));

    expect(finished.snapshot()).to.deep.include({ attempt: 2, failure: null });
  });

  it('is handed back without using up an attempt, but never with the same token again', () => {
    const again = claimed(requeued(held(claimed(queuedJob())).release(start)));

    expect(again.snapshot()).to.include({ attempt: 1, token: 2 });
  });

  it('is not taken from its worker before the lease is over', () => {
    const refusal = expectErr(claimed(queuedJob()).expire(after(14.999)));

    expect(refusal).to.deep.equal({ kind: 'JobInTime' });
  });

  it('goes back to the queue when its worker was not heard of', () => {
    const { job } = expectOk(claimed(queuedJob()).expire(after(15)));

    const failure = { reason: WORKER_VANISHED };
    expect(job.snapshot()).to.deep.include({ state: 'queued', attempt: 1, dueAt: start, failure });
  });

  it('is parked as failed when every attempt has cost a worker', () => {
    const running = claimed(queuedJob({ maxAttempts: 1 }));

    const { job } = expectOk(running.expire(after(15)));

    const failure = { reason: WORKER_VANISHED };
    expect(job.snapshot()).to.deep.include({ state: 'failed', finishedAt: after(15), failure, parked: true });
  });
});
