import type { Json, Result } from '#kernel';
import type { JobAttempt, JobProgress, JobRefused, Lease } from '#scheduling/contracts';
import type { JobHasEnded, JobId, QueuedJob, SweepCause } from '#scheduling/domain';

export type JobClaim = {
  /** Jobs of other types are left alone, whatever they are. */
  readonly types: readonly string[];
  readonly worker: string;
  /** How many at most. */
  readonly limit: number;
  readonly leaseMs: number;
  /** Only these of them, where it is given: all the rules of a claim hold for them. */
  readonly only?: readonly JobId[];
};

export type ClaimedJob = JobAttempt & {
  readonly timeoutMs: number;
  /** What is left of the whole job's time, by the engine's clock; null when it has no deadline. */
  readonly remainingMs: number | null;
  readonly heartbeatTimeoutMs: number | null;
};

/** A delay asks for another attempt; null says that another one would not help. */
export type AttemptFailure = { readonly reason: string; readonly retryInMs: number | null };

export type SubmitRefused = Extract<JobRefused, { readonly kind: 'QueueFull' | 'KeyReused' }>;

export type JobNotFound = { readonly kind: 'JobNotFound'; readonly id: JobId };

export type CancelRequest = { readonly id: JobId; readonly by: string; readonly reason: string | null };
export type CancelRefused = JobNotFound | JobHasEnded;

export type RetryRequest = { readonly id: JobId; readonly by: string; readonly attempts: number };
/** What has succeeded, or has not ended, is not done again. */
export type RetryRefused = JobNotFound | JobHasEnded | JobNotEnded | Extract<SubmitRefused, { kind: 'QueueFull' }>;
export type JobNotEnded = { readonly kind: 'JobNotEnded'; readonly state: 'queued' | 'running' };

/** A job that the engine took from a worker, or out of the queue, and where it went. */
export type SweptJob = {
  readonly id: JobId;
  readonly type: string;
  readonly attempt: number;
  readonly state: 'queued' | 'failed' | 'cancelled';
  readonly cause: SweepCause;
  /** Whether it was parked: its last attempt has cost a worker. */
  readonly parked: boolean;
};

/**
 * The engine that gives each job to one worker at a time. Whatever it is made of, it promises this:
 *
 * - A job whose `submit` has been answered exists, survives a restart, and ends as succeeded, failed or cancelled. It answers
 *   the job's id: that of the job that exists already when the idempotency key is its, and the type and payload are the same.
 *   Never more than the engine's capacity are waiting and running together; what is refused leaves nothing.
 * - `claim` gives a job to one caller only, however many ask at once, and counts an attempt. It takes what is due, in the order
 *   of `claimRank`, then of the id; it answers in that order and never waits for work or for another caller: what another one
 *   is just writing is passed over, and left for the next claim. While the scheduler is paused it answers nothing.
 * - Whatever a worker does after that carries its lease. It throws `LeaseLost` and changes nothing when the job has ended, was
 *   handed back, or was claimed again since; also when the same call was answered before and the answer was lost.
 * - `heartbeat` lets the lease run for `leaseMs` from now, and answers whether the job is to be cancelled. A lease that ran out
 *   is still good until `sweepExpired` took the job; a job whose heartbeats come in time is never taken for that.
 * - `tell` keeps how far the attempt has come, and gives it another heartbeat timeout until the next time.
 * - `fail` answers where the job went: back to the queue when a retry was asked for and attempts are left; cancelled, as
 *   after `release`, when that was asked for meanwhile.
 * - `release` puts the job back as it was, without the attempt.
 * - `cancel` ends a job that waits at once. Of one that runs it is kept that it is to be cancelled, for its worker to see: the job
 *   is cancelled when that fails, releases or loses it, and has succeeded when that completes it first. Asking again is harmless.
 * - `retry` puts a job that has failed or was cancelled back into the queue, due now, with attempts more and its limits anew.
 * - `sweepExpired` takes jobs from workers that were not heard of in time, those that ran out first, at most `limit`: back to
 *   the queue, or parked as failed when no attempt is left. It also fails, at most `limit` of each, what was not begun within its
 *   time in the queue, or not ended by its deadline. Each is taken by one caller only. A job that a transaction holds
 *   (`Jobs.hold`) is passed over until that ends. A limit that has passed changes nothing until the sweep comes, but for
 *   `claim`, which leaves such jobs to it.
 *
 * Time here is the engine's own, one for all that share it: workers whose clocks disagree take no job from each other.
 *
 * An abort rejects with the signal's reason and changes nothing, or comes too late and the call is answered as usual. When
 * the engine cannot be reached a call throws, and whether it had an effect is unknown; what was claimed that way is swept later.
 */
export abstract class JobQueue {
  abstract submit(job: QueuedJob, signal: AbortSignal): Promise<Result<JobId, SubmitRefused>>;
  abstract claim(claim: JobClaim, signal: AbortSignal): Promise<readonly ClaimedJob[]>;
  abstract heartbeat(lease: Lease, leaseMs: number, signal: AbortSignal): Promise<LeaseState>;
  abstract tell(lease: Lease, progress: JobProgress, signal: AbortSignal): Promise<void>;
  abstract complete(lease: Lease, result: Json, signal: AbortSignal): Promise<void>;
  abstract fail(lease: Lease, failure: AttemptFailure, signal: AbortSignal): Promise<AfterFailure>;
  abstract release(lease: Lease, signal: AbortSignal): Promise<void>;
  abstract cancel(
    request: CancelRequest,
    signal: AbortSignal,
  ): Promise<Result<'cancelled' | 'requested', CancelRefused>>;
  abstract retry(request: RetryRequest, signal: AbortSignal): Promise<Result<void, RetryRefused>>;
  abstract sweepExpired(limit: number, signal: AbortSignal): Promise<readonly SweptJob[]>;
}

export type LeaseState = { readonly isToBeCancelled: boolean };
export type AfterFailure = 'queued' | 'failed' | 'cancelled';
