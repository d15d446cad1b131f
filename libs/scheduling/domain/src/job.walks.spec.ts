import { expect } from 'chai';
import { fc } from '#testing/properties';
import { expectOk } from '#kernel/testing';
import { restoreJob } from './restore-job.ts';
import { FinishedJob, QueuedJob } from './job.ts';
import type { JobSnapshot } from './job-snapshot.ts';
import { after, cancellation, claimed, held, leaseMs, queuedJob } from './testing/jobs-in-hand.ts';

const moves = ['claim', 'heartbeat', 'tell', 'succeed', 'fail', 'giveUp', 'release', 'expire', 'cancel', 'retry'];

describe('Job', () => {
  const steps = fc.array(fc.constantFrom(...moves));

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
    const now = after(60);
    if (job instanceof FinishedJob) {
      const again = name === 'retry' ? job.retry({ attempts: 1, now }) : null;
      return again?.ok === true ? again.value.snapshot() : snapshot;
    }
    if (job instanceof QueuedJob) {
      if (name === 'cancel') return job.cancel(cancellation).snapshot();
      return name === 'claim' ? claimed(job, now).snapshot() : snapshot;
    }
    if (name === 'cancel') return job.requestCancel(cancellation).snapshot();
    if (name === 'tell') return held(job).tell({ step: 'on' }, now).snapshot();
    if (name === 'heartbeat') return held(job).heartbeat({ now, leaseMs }).snapshot();
    if (name === 'succeed') return held(job).succeed('done', now).snapshot();
    if (name === 'fail') return held(job).fail({ reason: 'No.', now, retryInMs: 0 }).snapshot();
    if (name === 'giveUp') return held(job).fail({ reason: 'No.', now, retryInMs: null }).snapshot();
    if (name === 'release') return held(job).release(now).snapshot();
    if (name === 'expire') return expectOk(job.expire(after(3_600))).job.snapshot();
    return snapshot;
  }
});
