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

export type JobRequest = {
  readonly type: string;
  readonly payload: Json;
  /** From 0 to 9; a higher one is claimed first. 5 when not given. */
  readonly priority?: number;
  /**
   * Not claimed before this time, of the years 1970 to 9999. The submitter says it by its own clock, its present time when not
   * given; whether it has come is told by the engine's clock at the claim.
   */
  readonly dueAt?: Date;
  /** Attempts in all, from 1 to 20. 3 when not given. */
  readonly maxAttempts?: number;
  /** Milliseconds one attempt may take, from 1,000 to 86,400,000. 600,000 when not given. */
  readonly timeoutMs?: number;
};

export type JobRefused =
  | { readonly kind: 'UnknownJobType'; readonly type: string; readonly known: readonly string[] }
  | { readonly kind: 'InvalidJob'; readonly field: string; readonly problem: string };

/**
 * The jobs, as a store inside another context's transaction: what is submitted there exists when that transaction commits.
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
