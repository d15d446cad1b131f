import { err, ok, type Json, type Result } from '#kernel';
import { hasCome, later, limitsFrom } from './job-limits.ts';
import { sweepReasons, type SweepCause } from './job-reasons.ts';
import { Lease, type LeaseSpan } from './lease.ts';
import {
  factsOf,
  type Cancellation,
  type JobFacts,
  type JobFailureReason,
  type JobId,
  type JobProgress,
  type JobSnapshot,
  type JobState,
} from './job-snapshot.ts';
import type { JobTerms } from './job-terms.ts';

/**
 * A job is queued, running or finished, and each of these is a type of its own: only a queued job can be claimed, only a
 * running one ends. They stand in one file because each transition makes one out of another. All are immutable.
 */
export type Job = QueuedJob | RunningJob | FinishedJob;

export type JobNotDue = { readonly kind: 'JobNotDue'; readonly dueAt: Date };
export type StaleToken = { readonly kind: 'StaleToken'; readonly current: number };
/** Its worker was heard of in time, or its time in the queue is not over. */
export type JobInTime = { readonly kind: 'JobInTime' };
export type JobOverdue = { readonly kind: 'JobOverdue' };
export type JobHasEnded = { readonly kind: 'JobHasEnded'; readonly state: JobState };

/** How an attempt ended: a delay asks for another one, null says that another one would not help. */
export type FailedAttempt = JobFailureReason & { readonly now: Date; readonly retryInMs: number | null };

/** What the engine has done with a job that nobody ended in time. */
export type Swept<Next extends Job> = { readonly job: Next; readonly cause: SweepCause };

export class QueuedJob {
  readonly #facts: JobFacts;

  private constructor(facts: JobFacts) {
    this.#facts = facts;
  }

  static submit({ id, terms, now }: { id: JobId; terms: JobTerms; now: Date }): QueuedJob {
    const none = { progress: null, failure: null, cancellation: null };
    return new QueuedJob({
      ...terms,
      ...limitsFrom(terms, terms.dueAt),
      id,
      submittedAt: now,
      attempt: 0,
      token: 0,
      ...none,
    });
  }

  static restore(facts: JobFacts): QueuedJob {
    return new QueuedJob(facts);
  }

  claim(claim: { readonly worker: string } & LeaseSpan): Result<RunningJob, JobNotDue | JobOverdue> {
    const { dueAt, attempt, token, heartbeatTimeoutMs } = this.#facts;
    if (claim.now < dueAt) return err({ kind: 'JobNotDue', dueAt });
    if (this.#overdue(claim.now) !== null) return err({ kind: 'JobOverdue' });
    const lease = Lease.grant({ ...claim, after: token });
    const begun = { ...this.#facts, attempt: attempt + 1, token: lease.token, startBy: null, progress: null };
    return ok(RunningJob.restore(begun, lease, later(claim.now, heartbeatTimeoutMs)));
  }

  cancel(cancellation: Cancellation): FinishedJob {
    return cancelled({ ...this.#facts, cancellation }, cancellation.at);
  }

  /** Ends the job when its time in the queue, or all of its time, is over. */
  expire(now: Date): Result<Swept<FinishedJob>, JobInTime> {
    const cause = this.#overdue(now);
    if (cause === null) return err({ kind: 'JobInTime' });
    return ok({ cause, job: failed(this.#facts, { reason: sweepReasons[cause], now }) });
  }

  #overdue(now: Date): 'pastDeadline' | 'notBegun' | null {
    if (hasCome(this.#facts.endBy, now)) return 'pastDeadline';
    return hasCome(this.#facts.startBy, now) ? 'notBegun' : null;
  }

  snapshot(): JobSnapshot & { readonly state: 'queued' } {
    return { ...this.#facts, state: 'queued' };
  }
}

export class RunningJob {
  readonly #facts: JobFacts;
  readonly #lease: Lease;
  readonly #progressBy: Date | null;

  private constructor(facts: JobFacts, lease: Lease, progressBy: Date | null) {
    this.#facts = facts;
    this.#lease = lease;
    this.#progressBy = progressBy;
  }

  static restore(facts: JobFacts, lease: Lease, progressBy: Date | null): RunningJob {
    return new RunningJob(facts, lease, progressBy);
  }

  /** The job for whoever can show the token of its newest lease; all that a worker may do with it is there. */
  heldBy(token: number): Result<HeldJob, StaleToken> {
    if (token !== this.#lease.token) return err({ kind: 'StaleToken', current: this.#lease.token });
    return ok(new HeldJob(this.#facts, this.#lease, this.#progressBy));
  }

  /** Its worker is asked to end it. The first request counts. */
  requestCancel(cancellation: Cancellation): RunningJob {
    const facts = { ...this.#facts, cancellation: this.#facts.cancellation ?? cancellation };
    return new RunningJob(facts, this.#lease, this.#progressBy);
  }

  /**
   * Takes the job from a worker that was not heard of in time. One that was to be cancelled is cancelled then, and one whose own
   * time is over fails; any other gets its next attempt. Once workers have used up the attempts by vanishing it is parked as failed.
   */
  expire(now: Date): Result<Swept<QueuedJob | FinishedJob>, JobInTime> {
    const cause = this.#overdue(now);
    if (cause === null) return err({ kind: 'JobInTime' });
    const { cancellation, dueAt } = this.#facts;
    if (cancellation !== null) return ok({ cause: 'cancelled', job: cancelled(this.#facts, now) });
    const failure = { reason: sweepReasons[cause], now, parked: cause === 'workerVanished' };
    return ok({
      cause,
      job: afterFailure(this.#facts, { ...failure, retryAt: cause === 'pastDeadline' ? null : dueAt }),
    });
  }

  #overdue(now: Date): 'pastDeadline' | 'workerVanished' | 'noProgress' | null {
    if (hasCome(this.#facts.endBy, now)) return 'pastDeadline';
    if (this.#lease.hasExpired(now)) return 'workerVanished';
    return hasCome(this.#progressBy, now) ? 'noProgress' : null;
  }

  snapshot(): JobSnapshot & { readonly state: 'running' } {
    const { worker, expiresAt: leaseExpiresAt } = this.#lease;
    return { ...this.#facts, state: 'running', worker, leaseExpiresAt, progressBy: this.#progressBy };
  }
}

/** A running job in the hands of its worker. Only its type leaves this file: the one way to it is `heldBy` with the newest token. */
class HeldJob {
  readonly #facts: JobFacts;
  readonly #lease: Lease;
  readonly #progressBy: Date | null;

  constructor(facts: JobFacts, lease: Lease, progressBy: Date | null) {
    this.#facts = facts;
    this.#lease = lease;
    this.#progressBy = progressBy;
  }

  get isToBeCancelled(): boolean {
    return this.#facts.cancellation !== null;
  }

  heartbeat(span: LeaseSpan): RunningJob {
    return RunningJob.restore(this.#facts, this.#lease.renew(span), this.#progressBy);
  }

  tell(progress: JobProgress, now: Date): RunningJob {
    const by = later(now, this.#facts.heartbeatTimeoutMs);
    return RunningJob.restore({ ...this.#facts, progress }, this.#lease, by);
  }

  /** What is done is done, also when the job was to be cancelled. */
  succeed(result: Json, now: Date): FinishedJob {
    return FinishedJob.restore({ ...this.#facts, failure: null, state: 'succeeded', result, finishedAt: now });
  }

  /** There is no other attempt at a job that is to be cancelled: it is cancelled now. */
  fail({ reason, now, retryInMs }: FailedAttempt): QueuedJob | FinishedJob {
    if (this.isToBeCancelled) return cancelled({ ...this.#facts, failure: { reason } }, now);
    return afterFailure(this.#facts, { reason, now, retryAt: later(now, retryInMs), parked: false });
  }

  /** Hands the job back as if this attempt had never begun; only the token remembers it. */
  release(now: Date): QueuedJob | FinishedJob {
    if (this.isToBeCancelled) return cancelled(this.#facts, now);
    return QueuedJob.restore({ ...this.#facts, attempt: this.#facts.attempt - 1 });
  }
}

export type { HeldJob };

export class FinishedJob {
  readonly #snapshot: FinishedSnapshot;

  private constructor(snapshot: FinishedSnapshot) {
    this.#snapshot = snapshot;
  }

  static restore(snapshot: FinishedSnapshot): FinishedJob {
    return new FinishedJob(snapshot);
  }

  /** Puts a job that has failed or was cancelled back into the queue, due now, with that many attempts more. */
  retry({ attempts, now }: { readonly attempts: number; readonly now: Date }): Result<QueuedJob, JobHasEnded> {
    const { state, attempt } = this.#snapshot;
    if (state === 'succeeded') return err({ kind: 'JobHasEnded', state });
    const facts = { ...factsOf(this.#snapshot), ...limitsFrom(this.#snapshot, now), dueAt: now, cancellation: null };
    return ok(QueuedJob.restore({ ...facts, maxAttempts: attempt + attempts }));
  }

  snapshot(): FinishedSnapshot {
    return this.#snapshot;
  }
}

type FinishedSnapshot = JobSnapshot & { readonly state: 'succeeded' | 'failed' | 'cancelled' };

type Failure = JobFailureReason & { readonly now: Date; readonly parked: boolean };

function afterFailure(facts: JobFacts, failure: Failure & { readonly retryAt: Date | null }): QueuedJob | FinishedJob {
  const { reason, retryAt } = failure;
  if (retryAt === null || facts.attempt >= facts.maxAttempts) return failed(facts, failure);
  return QueuedJob.restore({ ...facts, failure: { reason }, dueAt: retryAt });
}

function failed(
  facts: JobFacts,
  { reason, now, parked = false }: Omit<Failure, 'parked'> & Partial<Failure>,
): FinishedJob {
  return FinishedJob.restore({ ...facts, failure: { reason }, state: 'failed', finishedAt: now, parked });
}

function cancelled(facts: JobFacts, now: Date): FinishedJob {
  return FinishedJob.restore({ ...facts, state: 'cancelled', finishedAt: now });
}
