import { expect } from 'chai';
import { fc } from '#testing/properties';
import { expectErr, expectOk, sequentialId } from '#kernel/testing';
import { QueuedJob, restoreJob, RunningJob, WORKER_VANISHED, type HeldJob } from './job.ts';
import type { JobSnapshot } from './job-snapshot.ts';
import { parseJobTerms, type ProposedJob } from './job-terms.ts';

const start = new Date('2026-01-01T00:00:00.000Z');
const after = (seconds: number): Date => new Date(start.getTime() + seconds * 1_000);
const leaseMs = 15_000;

function queuedJob(proposed: Partial<ProposedJob> = {}): QueuedJob {
  const terms = expectOk(parseJobTerms({ type: 'backup.run', payload: null, ...proposed }, start));
  return QueuedJob.submit({ id: sequentialId(1), terms, now: start });
}

function claimed(job: QueuedJob, now = start): RunningJob {
  return expectOk(job.claim({ worker: 'w1', now, leaseMs }));
}

function held(job: RunningJob): HeldJob {
  return expectOk(job.heldBy(job.snapshot().token));
}

function requeued(job: unknown): QueuedJob {
  if (!(job instanceof QueuedJob)) expect.fail('Expected a queued job.');
  return job;
}

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
    const second = claimed(held(claimed(queuedJob())).release());

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
    const again = claimed(held(claimed(queuedJob())).release());

    expect(again.snapshot()).to.include({ attempt: 1, token: 2 });
  });

  it('is not taken from its worker before the lease is over', () => {
    const refusal = expectErr(claimed(queuedJob()).expire(after(14.999)));

    expect(refusal).to.deep.equal({ kind: 'LeaseNotExpired', expiresAt: after(15) });
  });

  it('goes back to the queue when its worker was not heard of', () => {
    const job = expectOk(claimed(queuedJob()).expire(after(15)));

    const failure = { reason: WORKER_VANISHED };
    expect(job.snapshot()).to.deep.include({ state: 'queued', attempt: 1, dueAt: start, failure });
  });

  it('is parked as failed when every attempt has cost a worker', () => {
    const running = claimed(queuedJob({ maxAttempts: 1 }));

    const job = expectOk(running.expire(after(15)));

    const failure = { reason: WORKER_VANISHED };
    expect(job.snapshot()).to.deep.include({ state: 'failed', finishedAt: after(15), failure });
  });
});

describe('Job', () => {
  const steps = fc.array(fc.constantFrom('claim', 'heartbeat', 'succeed', 'fail', 'giveUp', 'release', 'expire'));

  it('is the same after it was stored and restored, in every state', () => {
    fc.assert(
      fc.property(steps, (walk) => {
        const { snapshot } = walked(walk);

        expect(restoreJob(snapshot).snapshot()).to.deep.equal(snapshot);
      }),
    );
  });

  it('never begins more attempts than it may, and never gives the same token twice', () => {
    fc.assert(
      fc.property(steps, (walk) => {
        const { snapshot, tokens } = walked(walk);

        expect(snapshot.attempt).to.be.within(0, snapshot.maxAttempts);
        expect(tokens).to.deep.equal(tokens.map((_, position) => position + 1));
      }),
    );
  });

  /** Takes the steps that are possible where the job then is, restoring it before each; the others are passed over. */
  function walked(walk: readonly string[]): { snapshot: JobSnapshot; tokens: number[] } {
    const tokens: number[] = [];
    let snapshot: JobSnapshot = queuedJob({ maxAttempts: 2 }).snapshot();
    for (const name of walk) {
      const before = snapshot.token;
      snapshot = step(snapshot, name);
      if (snapshot.token !== before) tokens.push(snapshot.token);
    }
    return { snapshot, tokens };
  }

  function step(snapshot: JobSnapshot, name: string): JobSnapshot {
    const job = restoreJob(snapshot);
    if (job instanceof QueuedJob) return name === 'claim' ? claimed(job, after(60)).snapshot() : snapshot;
    if (!(job instanceof RunningJob)) return snapshot;
    const now = after(60);
    if (name === 'heartbeat') return held(job).heartbeat({ now, leaseMs }).snapshot();
    if (name === 'succeed') return held(job).succeed('done', now).snapshot();
    if (name === 'fail') return held(job).fail({ reason: 'No.', now, retryInMs: 0 }).snapshot();
    if (name === 'giveUp') return held(job).fail({ reason: 'No.', now, retryInMs: null }).snapshot();
    if (name === 'release') return held(job).release().snapshot();
    if (name === 'expire') return expectOk(job.expire(after(3_600))).snapshot();
    return snapshot;
  }
});
