import { assertNever, err, ok, type Json, type Result } from '#kernel';
import { Lease, type LeaseSpan } from './lease.ts';
import { factsOf, type JobFacts, type JobFailureReason, type JobId, type JobSnapshot } from './job-snapshot.ts';
import type { JobTerms } from './job-terms.ts';

/**
 * A job is queued, running or finished, and each of these is a type of its own: only a queued job can be claimed, only a
 * running one ends. They stand in one file because each transition makes one out of another. All are immutable.
 */
export type Job = QueuedJob | RunningJob | FinishedJob;

export type JobNotDue = { readonly kind: 'JobNotDue'; readonly dueAt: Date };
export type StaleToken = { readonly kind: 'StaleToken'; readonly current: number };
export type LeaseNotExpired = { readonly kind: 'LeaseNotExpired'; readonly expiresAt: Date };

/** How an attempt ended: a delay asks for another one, null says that another one would not help. */
export type FailedAttempt = JobFailureReason & { readonly now: Date; readonly retryInMs: number | null };

/** What is written on a job whose worker was not heard of until the end of its lease. */
export const WORKER_VANISHED = 'The worker that ran it stopped answering.';

export class QueuedJob {
  readonly #facts: JobFacts;

  private constructor(facts: JobFacts) {
    this.#facts = facts;
  }

  static submit({ id, terms, now }: { id: JobId; terms: JobTerms; now: Date }): QueuedJob {
    return new QueuedJob({ ...terms, id, submittedAt: now, attempt: 0, token: 0, failure: null });
  }

  static restore(facts: JobFacts): QueuedJob {
    return new QueuedJob(facts);
  }

  claim(claim: { readonly worker: string } & LeaseSpan): Result<RunningJob, JobNotDue> {
    const { dueAt, attempt, token } = this.#facts;
    if (claim.now < dueAt) return err({ kind: 'JobNotDue', dueAt });
    const lease = Lease.grant({ ...claim, after: token });
    return ok(RunningJob.restore({ ...this.#facts, attempt: attempt + 1, token: lease.token }, lease));
  }

  snapshot(): JobSnapshot & { readonly state: 'queued' } {
    return { ...this.#facts, state: 'queued' };
  }
}

export class RunningJob {
  readonly #facts: JobFacts;
  readonly #lease: Lease;

  private constructor(facts: JobFacts, lease: Lease) {
    this.#facts = facts;
    this.#lease = lease;
  }

  static restore(facts: JobFacts, lease: Lease): RunningJob {
    return new RunningJob(facts, lease);
  }

  /** The job for whoever can show the token of its newest lease; all that a worker may do with it is there. */
  heldBy(token: number): Result<HeldJob, StaleToken> {
    if (token !== this.#lease.token) return err({ kind: 'StaleToken', current: this.#lease.token });
    return ok(new HeldJob(this.#facts, this.#lease));
  }

  /** Takes the job from a worker that was not heard of in time. Once the attempts are used up the job is parked as failed. */
  expire(now: Date): Result<QueuedJob | FinishedJob, LeaseNotExpired> {
    if (!this.#lease.hasExpired(now)) return err({ kind: 'LeaseNotExpired', expiresAt: this.#lease.expiresAt });
    return ok(afterFailure(this.#facts, { reason: WORKER_VANISHED, now, retryAt: this.#facts.dueAt }));
  }

  snapshot(): JobSnapshot & { readonly state: 'running' } {
    return { ...this.#facts, state: 'running', worker: this.#lease.worker, leaseExpiresAt: this.#lease.expiresAt };
  }
}

/** A running job in the hands of its worker. Only its type leaves this file: the one way to it is `heldBy` with the newest token. */
class HeldJob {
  readonly #facts: JobFacts;
  readonly #lease: Lease;

  constructor(facts: JobFacts, lease: Lease) {
    this.#facts = facts;
    this.#lease = lease;
  }

  heartbeat(span: LeaseSpan): RunningJob {
    return RunningJob.restore(this.#facts, this.#lease.renew(span));
  }

  succeed(result: Json, now: Date): FinishedJob {
    return FinishedJob.restore({ ...this.#facts, failure: null, state: 'succeeded', result, finishedAt: now });
  }

  fail({ reason, now, retryInMs }: FailedAttempt): QueuedJob | FinishedJob {
    const retryAt = retryInMs === null ? null : new Date(now.getTime() + retryInMs);
    return afterFailure(this.#facts, { reason, now, retryAt });
  }

  /** Hands the job back as if this attempt had never begun; only the token remembers it. */
  release(): QueuedJob {
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

  snapshot(): FinishedSnapshot {
    return this.#snapshot;
  }
}

type FinishedSnapshot = JobSnapshot & { readonly state: 'succeeded' | 'failed' };

function afterFailure(
  facts: JobFacts,
  { reason, now, retryAt }: JobFailureReason & { readonly now: Date; readonly retryAt: Date | null },
): QueuedJob | FinishedJob {
  const failed = { ...facts, failure: { reason } };
  return retryAt !== null && facts.attempt < facts.maxAttempts
    ? QueuedJob.restore({ ...failed, dueAt: retryAt })
    : FinishedJob.restore({ ...failed, state: 'failed', finishedAt: now });
}

export function restoreJob(snapshot: JobSnapshot): Job {
  switch (snapshot.state) {
    case 'queued':
      return QueuedJob.restore(factsOf(snapshot));
    case 'running':
      return RunningJob.restore(
        factsOf(snapshot),
        Lease.restore({ token: snapshot.token, worker: snapshot.worker, expiresAt: snapshot.leaseExpiresAt }),
      );
    case 'succeeded':
    case 'failed':
      return FinishedJob.restore(snapshot);
    default:
      return assertNever(snapshot);
  }
}
