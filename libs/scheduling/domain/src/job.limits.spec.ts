import { expect } from 'chai';
import { expectErr, expectOk } from '#kernel/testing';
import { FinishedJob, type HeldJob } from './job.ts';
import { NO_PROGRESS, NOT_BEGUN, PAST_DEADLINE } from './job-reasons.ts';
import { after, cancellation, claimed, held, leaseMs, queuedJob, requeued, start } from './testing/jobs-in-hand.ts';

describe('a job that is cancelled, or runs out of time,', () => {
  it('succeeds although it was to be cancelled, when it is done', () => {
    const running = claimed(queuedJob()).requestCancel(cancellation);

    const job = held(running).succeed('done', after(2));

    expect(job.snapshot()).to.deep.include({ state: 'succeeded', cancellation });
  });

  for (const [how, end] of Object.entries({
    fails: (job: HeldJob) => job.fail({ reason: 'No.', now: after(2), retryInMs: 0 }),
    'is handed back': (job: HeldJob) => job.release(after(2)),
  })) {
    it(`is cancelled when it ${how} after that was asked for`, () => {
      const job = end(held(claimed(queuedJob()).requestCancel(cancellation)));

      expect(job.snapshot()).to.deep.include({ state: 'cancelled', finishedAt: after(2), attempt: 1, cancellation });
    });
  }

  it('is cancelled when its worker vanishes after that was asked for', () => {
    const swept = expectOk(claimed(queuedJob()).requestCancel(cancellation).expire(after(15)));

    expect(swept.cause).to.equal('cancelled');
    expect(swept.job.snapshot()).to.include({ state: 'cancelled' });
  });

  it('keeps who asked first for its end', () => {
    const running = claimed(queuedJob()).requestCancel(cancellation);

    const again = running.requestCancel({ ...cancellation, by: 'somebody else' });

    expect(again.snapshot()).to.deep.include({ cancellation });
  });

  it('fails at its deadline, whatever attempts are left', () => {
    const running = held(claimed(queuedJob({ deadlineMs: 10_000 }))).heartbeat({ now: after(9), leaseMs });

    const before = expectErr(running.expire(after(9.999)));
    const { job, cause } = expectOk(running.expire(after(10)));

    expect([before.kind, cause]).to.deep.equal(['JobInTime', 'pastDeadline']);
    expect(job.snapshot()).to.deep.include({ state: 'failed', failure: { reason: PAST_DEADLINE }, parked: false });
  });

  it('is taken from a worker that keeps its lease but makes no progress', () => {
    const begun = held(claimed(queuedJob({ heartbeatTimeoutMs: 5_000 }))).tell({ step: 'one' }, after(4));
    const running = held(begun).heartbeat({ now: after(8), leaseMs });

    const before = expectErr(running.expire(after(8.999)));
    const { job, cause } = expectOk(running.expire(after(9)));

    expect([before.kind, cause]).to.deep.equal(['JobInTime', 'noProgress']);
    expect(job.snapshot()).to.deep.include({ state: 'queued', failure: { reason: NO_PROGRESS } });
  });
});

describe('QueuedJob and time', () => {
  it('is failed when it was not begun within its time in the queue', () => {
    const job = queuedJob({ queueTimeoutMs: 10_000 });

    const before = expectErr(job.expire(after(9.999)));
    const claim = expectErr(job.claim({ worker: 'w1', now: after(10), leaseMs }));
    const swept = expectOk(job.expire(after(10)));

    expect([before.kind, claim.kind, swept.cause]).to.deep.equal(['JobInTime', 'JobOverdue', 'notBegun']);
    expect(swept.job.snapshot()).to.deep.include({ state: 'failed', failure: { reason: NOT_BEGUN } });
  });

  it('may wait as long as it likes once it was begun', () => {
    const job = requeued(held(claimed(queuedJob({ queueTimeoutMs: 10_000 }))).release(start));

    expect(expectErr(job.expire(after(3_600))).kind).to.equal('JobInTime');
  });
});

describe('FinishedJob', () => {
  it('is queued again with attempts and limits anew', () => {
    const failed = held(claimed(queuedJob({ maxAttempts: 1, deadlineMs: 10_000 }))).fail({
      reason: 'No.',
      now: after(1),
      retryInMs: null,
    });
    if (!(failed instanceof FinishedJob)) expect.fail('Expected a finished job.');

    const again = expectOk(failed.retry({ attempts: 2, now: after(100) }));

    const limits = { maxAttempts: 3, dueAt: after(100), endBy: after(110) };
    expect(again.snapshot()).to.deep.include({ state: 'queued', attempt: 1, token: 1, ...limits });
  });

  it('is not done again when it has succeeded', () => {
    const done = held(claimed(queuedJob())).succeed(null, after(1));

    const refusal = expectErr(done.retry({ attempts: 1, now: after(2) }));

    expect(refusal).to.deep.equal({ kind: 'JobHasEnded', state: 'succeeded' });
  });
});
