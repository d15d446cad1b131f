import type { OpenTransaction, Result } from '#kernel';
import { expect } from 'chai';
import type { JobId, JobRefused, JobRequest, JobsWithin, Lease } from '../jobs.ts';
import type { SubmittedJob } from './in-memory-jobs.ts';

/** Jobs of the one type `test.run`, a way to open transactions that they join, and what else happens to jobs. */
export type JobsUnderTest = {
  readonly jobs: JobsWithin;
  /** How many jobs there may be that have not ended; at least 8. */
  readonly capacity: number;
  /** The test's. */
  readonly signal: AbortSignal;
  /** Keeps what `work` did when it resolves, undoes it and rejects likewise when it rejects or the signal aborts. */
  readonly inTransaction: <T>(work: (transaction: OpenTransaction) => Promise<T>, signal: AbortSignal) => Promise<T>;
  readonly find: (id: JobId) => Promise<SubmittedJob | null>;
  readonly count: () => Promise<number>;
  /** Gives a job that waits to a worker; null when none does. */
  readonly claim: () => Promise<Lease | null>;
  /** What a worker does when the job is done. */
  readonly end: (lease: Lease) => Promise<void>;
  /** Lets the lease run out and takes the job from its worker; false when it cannot be taken now. */
  readonly takeBack: (lease: Lease) => Promise<boolean>;
};

export const request = { type: 'test.run', payload: null };
export const failureOf = (work: Promise<unknown>): Promise<unknown> => work.catch((error: unknown) => error);

export const submitTo = (
  { inTransaction, jobs, signal }: JobsUnderTest,
  one: JobRequest,
): Promise<Result<JobId, JobRefused>> => inTransaction((transaction) => jobs.join(transaction).submit(one), signal);
export const holdIn = ({ inTransaction, jobs, signal }: JobsUnderTest, lease: Lease): Promise<unknown> =>
  failureOf(inTransaction((transaction) => jobs.join(transaction).hold(lease), signal));
export const claimFrom = async ({ claim }: JobsUnderTest): Promise<Lease> =>
  (await claim()) ?? expect.fail('Expected a job to claim.');
