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

/** How far an attempt has come, for people who look at the job. */
export type JobProgress = {
  /** What it is doing, in a few words. */
  readonly step: string;
  /** How many of `total` are done, where that can be counted. */
  readonly done?: number;
  readonly total?: number;
};

/** What a handler is given to work with, besides the attempt. */
export type JobRun = {
  /**
   * Aborts when the attempt's time or the whole job's is up, when the job is cancelled, when no progress was heard of for
   * the heartbeat timeout, when the lease is lost and when the worker stops.
   */
  readonly signal: AbortSignal;
  /** Tells how far the attempt has come. Never throws and never waits; of many calls at once only the last may be kept. */
  progress(progress: JobProgress): void;
};

/**
 * Does the jobs of one type.
 *
 * `handle` returns the job's result, or a failure with a reason a person can read; a throw counts as a failure worth a
 * retry. Once `run.signal` aborts the handler ends soon, in any way: what goes on regardless is fenced, and its place is
 * given to another job. The same job may be handled twice, even at the same time, after a worker was taken for dead:
 * whatever `handle` writes is written in a transaction that calls {@link Jobs.hold} with the attempt's lease.
 */
export abstract class JobHandler {
  abstract readonly type: string;
  /**
   * The greatest share of a worker's places that its jobs may have at once, above 0 and up to 1; but one place at least. All of them
   * when not given. Jobs of a type with a share are begun up to it before others, whatever their priority.
   */
  abstract readonly share?: number;
  abstract handle(attempt: JobAttempt, run: JobRun): Promise<Result<Json, JobFailure>>;
}
