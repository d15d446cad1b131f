import type { Id, Json, OpenTransaction, Result } from '#kernel';

export type JobId = Id<'Job'>;

/** The right to finish one attempt. `token` grows with every claim of the job; only the newest one is honoured. */
export type Lease = { readonly jobId: JobId; readonly token: number };

/** Thrown when a lease is used after another claim, or the job's end, has taken its place. */
export class LeaseLost extends Error {
  readonly lease: Lease;

  constructor(lease: Lease) {
    super(`The lease ${lease.token} of job ${lease.jobId} has been lost.`);
    this.name = 'LeaseLost';
    this.lease = lease;
  }
}

/** All times in milliseconds. */
export type JobRequest = {
  readonly type: string;
  readonly payload: Json;
  /**
   * From 0 to 9; what is due is claimed in that order, and gains one step for each minute that it has waited: no job waits
   * behind a stream of others for more than nine minutes. 5 when not given.
   */
  readonly priority?: number;
  /**
   * Not claimed before this time, of the years 1970 to 9999. The submitter says it by its own clock, its present time when not
   * given; whether it has come is told by the engine's clock at the claim.
   */
  readonly dueAt?: Date;
  /** Attempts in all, from 1 to 20. 3 when not given. */
  readonly maxAttempts?: number;
  /** How long one attempt may take, from 1,000 to 86,400,000. 600,000 when not given. */
  readonly timeoutMs?: number;
  /**
   * What makes a second request for the same job harmless, of 1 to 200 visible ASCII characters: while the job exists, a request of the same
   * type and payload with its key answers its id and adds nothing, whatever became of it; any other is refused.
   */
  readonly idempotencyKey?: string;
  /** How long it may wait for its first attempt after it is due, from 1,000 to 604,800,000. Without limit when not given. */
  readonly queueTimeoutMs?: number;
  /** How long all attempts together may take after it is due, waiting included, from 1,000 to 604,800,000. No limit when not given. */
  readonly deadlineMs?: number;
  /** The longest pause of an attempt between two signs of progress, from 1,000 to 86,400,000. Not asked for when not given. */
  readonly heartbeatTimeoutMs?: number;
};

export type JobRefused =
  | { readonly kind: 'UnknownJobType'; readonly type: string; readonly known: readonly string[] }
  /** Also when the payload is not one of its type, or when a time limit is over before the job has begun. */
  | { readonly kind: 'InvalidJob'; readonly field: string; readonly problem: string }
  /** As many jobs as the engine takes are waiting or running; what other transactions are just adding counts. */
  | { readonly kind: 'QueueFull'; readonly capacity: number }
  /** The idempotency key is that of a job of another type or payload. */
  | { readonly kind: 'KeyReused'; readonly key: string; readonly id: JobId };

/**
 * The jobs, as a store inside another context's transaction: what is submitted there exists when that transaction commits.
 *
 * `submit` waits for another transaction that is just submitting with the same idempotency key or removing the job that has it,
 * and for nothing else.
 *
 * `hold` locks the job until the transaction ends and throws {@link LeaseLost} unless the lease is still the job's newest
 * and the job is running: call it first in every transaction that writes what an attempt produced.
 */
export abstract class Jobs {
  abstract submit(request: JobRequest): Promise<Result<JobId, JobRefused>>;
  abstract hold(lease: Lease): Promise<void>;
}

/** Joins the jobs to a transaction that another context has begun. */
export abstract class JobsWithin {
  abstract join(transaction: OpenTransaction): Jobs;
}
