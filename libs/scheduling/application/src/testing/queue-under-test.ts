import { expect } from 'chai';
import { expectOk, type ManualClock } from '#kernel/testing';
import type { JobId, JobSnapshot, ProposedJob } from '#scheduling/domain';
import type { RaceOptions } from '#testing/concurrency';
import type { ClaimedJob, JobClaim, JobQueue } from '../ports/job-queue.ts';
import type { SchedulerControl } from '../ports/scheduler-control.ts';
import type { JobReader } from '../ports/job-reader.ts';
import { JobBuilder } from './job-builder.ts';

/** What an engine may do without: whoever chooses such an engine reads of it here. */
export type EngineFeature =
  /** Priority gains by waiting. */
  | 'ageing'
  /** A running job can be cancelled. */
  | 'cancelling'
  /** Limits of the time in the queue, of the whole job and between signs of progress. */
  | 'limits'
  /** Never more jobs than the capacity. */
  | 'capacity'
  /** Nothing is claimed while the scheduler is paused. */
  | 'pausing';

/** An empty engine whose time is the clock's. */
export type QueueUnderTest = {
  /** How many jobs there may be that have not ended. */
  readonly capacity: number;
  readonly control: SchedulerControl;
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
      expectOk(await queue.submit(job, signal));
      return job.snapshot().id;
    },
    claim,
    claimOne: async () => (await claim({ limit: 1 }))[0] ?? expect.fail('Expected a job to claim.'),
    find: (id) => reader.find(id, signal),
  };
}
