import type { Json, Result } from '#kernel';
import type { JobId, Lease } from './jobs.ts';

/** One attempt at a job, as its handler sees it. `attempt` counts from 1. */
export type JobAttempt = {
  readonly id: JobId;
  readonly type: string;
  readonly payload: Json;
  readonly attempt: number;
  readonly lease: Lease;
};

/** Why an attempt did not succeed. Only what may pass by itself is worth another attempt. */
export type JobFailure = { readonly reason: string; readonly retry: boolean };

/**
 * Does the jobs of one type.
 *
 * `handle` returns the job's result, or a failure with a reason a person can read; a throw counts as a failure worth a
 * retry. `signal` aborts when the attempt's time is up, when its lease is lost and when the worker stops: the handler
 * then ends soon, in any way. The same job may be handled twice, even at the same time, after a worker was taken for
 * dead: whatever `handle` writes is written in a transaction that calls {@link Jobs.hold} with the attempt's lease.
 */
export abstract class JobHandler {
  abstract readonly type: string;
  abstract handle(attempt: JobAttempt, signal: AbortSignal): Promise<Result<Json, JobFailure>>;
}
