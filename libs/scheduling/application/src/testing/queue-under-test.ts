import { expect } from 'chai';
import type { ManualClock } from '#kernel/testing';
import type { JobId, JobSnapshot, ProposedJob } from '#scheduling/domain';
import type { RaceOptions } from '#testing/concurrency';
import type { ClaimedJob, JobClaim, JobQueue } from '../ports/job-queue.ts';
import type { JobReader } from '../ports/job-reader.ts';
import { JobBuilder } from './job-builder.ts';

/** An empty engine whose time is the clock's. */
export type QueueUnderTest = {
  readonly queue: JobQueue;
  readonly reader: JobReader;
  readonly clock: ManualClock;
  /** The test's. */
  readonly signal: AbortSignal;
  /** Where the jobs are, if that is a database: its races are put to the test there. */
  readonly database?: RaceOptions['on'];
};

export const leaseMs = 15_000;
export const oneClaim: JobClaim = { types: ['test.run'], worker: 'w1', limit: 10, leaseMs };

export type StartedQueue = QueueUnderTest & {
  readonly submit: (proposed?: Partial<ProposedJob>) => Promise<JobId>;
  readonly claim: (claim?: Partial<JobClaim>) => Promise<readonly ClaimedJob[]>;
  readonly claimOne: () => Promise<ClaimedJob>;
  readonly find: (id: JobId) => Promise<JobSnapshot | null>;
};

/** The engine with the few calls that every test of it makes. */
export function startQueue(under: QueueUnderTest): StartedQueue {
  const { queue, reader, clock, signal } = under;
  const build = new JobBuilder(clock.now());
  const claim = (claim: Partial<JobClaim> = {}) => queue.claim({ ...oneClaim, ...claim }, signal);
  return {
    ...under,
    submit: async (proposed = {}) => {
      const job = build.queued(proposed);
      await queue.submit(job, signal);
      return job.snapshot().id;
    },
    claim,
    claimOne: async () => (await claim({ limit: 1 }))[0] ?? expect.fail('Expected a job to claim.'),
    find: (id) => reader.find(id, signal),
  };
}
