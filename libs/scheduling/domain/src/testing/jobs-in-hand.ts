import { expectOk, sequentialId } from '#kernel/testing';
import { expect } from 'chai';
import { QueuedJob, type HeldJob, type RunningJob } from '../job.ts';
import { parseJobTerms, type ProposedJob } from '../job-terms.ts';

export const start = new Date('2026-01-01T00:00:00.000Z');
export const after = (seconds: number): Date => new Date(start.getTime() + seconds * 1_000);
export const leaseMs = 15_000;
export const cancellation = { by: 'ada', reason: 'a mistake', at: after(1) };

export function queuedJob(proposed: Partial<ProposedJob> = {}): QueuedJob {
  const terms = expectOk(parseJobTerms({ type: 'backup.run', payload: null, ...proposed }, start));
  return QueuedJob.submit({ id: sequentialId(1), terms, now: start });
}

export function claimed(job: QueuedJob, now = start): RunningJob {
  return expectOk(job.claim({ worker: 'w1', now, leaseMs }));
}

export function held(job: RunningJob): HeldJob {
  return expectOk(job.heldBy(job.snapshot().token));
}

export function requeued(job: unknown): QueuedJob {
  if (!(job instanceof QueuedJob)) expect.fail('Expected a queued job.');
  return job;
}
