import type { Json } from '#kernel';
import type { JobAttempt, Lease } from '#scheduling/contracts';
import type { JobId, QueuedJob } from '#scheduling/domain';

export type JobClaim = {
  /** Jobs of other types are left alone, whatever they are. */
  readonly types: readonly string[];
  readonly worker: string;
  /** How many at most. */
  readonly limit: number;
  readonly leaseMs: number;
};

export type ClaimedJob = JobAttempt & { readonly timeoutMs: number };

/** A delay asks for another attempt; null says that another one would not help. */
export type AttemptFailure = { readonly reason: string; readonly retryInMs: number | null };

/** Where a job went that was taken from a worker. */
export type SweptJob = {
  readonly id: JobId;
  readonly type: string;
  readonly attempt: number;
  readonly state: 'queued' | 'failed';
};

/**
 * The engine that gives each job to one worker at a time. Whatever it is made of, it promises this:
 *
 * - A job whose `submit` has been answered exists, survives a restart, and ends as succeeded or failed.
 * - `claim` gives a job to one caller only, however many ask at once, and counts an attempt. It takes what is due, the
 *   higher priority first, then the earlier due time, then the lower id; it answers in that order and never waits for work
 *   or for another caller: what another one is just writing is passed over, and left for the next claim.
 * - Whatever a worker does after that carries its lease. It throws `LeaseLost` and changes nothing when the job has ended, was
 *   handed back, or was claimed again since; also when the same call was answered before and the answer was lost.
 * - `heartbeat` lets the lease run for `leaseMs` from now. A lease that ran out is still good until `sweepExpired` took the
 *   job; a job whose heartbeats come in time is never taken, however long it runs.
 * - `fail` answers where the job went: back to the queue when a retry was asked for and attempts are left.
 * - `release` puts the job back as it was, without the attempt.
 * - `sweepExpired` takes jobs from workers that were not heard of in time, those that ran out first, at most `limit`: back to
 *   the queue, or parked as failed when no attempt is left. Each is taken by one caller only. A job that a transaction holds
 *   (`Jobs.hold`) is passed over until that ends.
 *
 * Time here is the engine's own, one for all that share it: workers whose clocks disagree take no job from each other.
 *
 * An abort rejects with the signal's reason and changes nothing, or comes too late and the call is answered as usual. When
 * the engine cannot be reached a call throws, and whether it had an effect is unknown; what was claimed that way is swept later.
 */
export abstract class JobQueue {
  abstract submit(job: QueuedJob, signal: AbortSignal): Promise<void>;
  abstract claim(claim: JobClaim, signal: AbortSignal): Promise<readonly ClaimedJob[]>;
  abstract heartbeat(lease: Lease, leaseMs: number, signal: AbortSignal): Promise<void>;
  abstract complete(lease: Lease, result: Json, signal: AbortSignal): Promise<void>;
  abstract fail(lease: Lease, failure: AttemptFailure, signal: AbortSignal): Promise<'queued' | 'failed'>;
  abstract release(lease: Lease, signal: AbortSignal): Promise<void>;
  abstract sweepExpired(limit: number, signal: AbortSignal): Promise<readonly SweptJob[]>;
}
