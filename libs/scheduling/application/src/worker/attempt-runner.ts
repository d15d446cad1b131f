import { abortable, assertNever, type Clock, type Json } from '#kernel';
import { LeaseLost, type JobHandler, type JobProgress } from '#scheduling/contracts';
import { jobRetryPolicy, NO_PROGRESS, PAST_DEADLINE, readableReason, retryDelay, type JobId } from '#scheduling/domain';
import type { ClaimedJob, JobQueue } from '../ports/job-queue.ts';
import type { Randomness } from '../ports/randomness.ts';
import type { OfAttempt, WorkerJournal } from '../ports/worker-journal.ts';
import { deadlineAfter } from './deadline-after.ts';
import { LeaseKeeper } from './lease-keeper.ts';
import { ProgressTeller } from './progress-teller.ts';
import type { Rounds } from './rounds.ts';
import type { WorkerSettings } from './worker-settings.ts';

/** Longer than any attempt may take. */
const MOST_MS = 2 ** 31 - 1;

export type AttemptRunnerParts = {
  readonly queue: JobQueue;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly journal: WorkerJournal;
  readonly rounds: Rounds;
  readonly settings: WorkerSettings;
};

type End =
  | { readonly kind: 'Succeeded'; readonly result: Json }
  | { readonly kind: 'Failed'; readonly reason: string; readonly retry: boolean }
  | { readonly kind: 'Interrupted' }
  | { readonly kind: 'Lost' };

type Stops = { readonly lost: AbortSignal; readonly giveUp: AbortSignal; readonly cancelled: AbortSignal };

/** Takes one claimed job from its handler's first step to the end of the attempt in the queue. Never rejects. */
export class AttemptRunner {
  readonly #parts: AttemptRunnerParts;
  readonly #leases = new Map<JobId, LeaseKeeper>();

  constructor(parts: AttemptRunnerParts) {
    this.#parts = parts;
  }

  /**
   * `granted` aborts when the lease that came with the claim may be over.
   * `giveUp` aborts when the worker has no more time: the handler is asked to end, and the job is handed back. The queue is
   * then told for one more `answerMs` and by one last call, whatever the lease: a worker that takes long to stop is killed.
   */
  async run(
    job: ClaimedJob,
    handler: JobHandler,
    { granted, giveUp }: { granted: AbortSignal; giveUp: AbortSignal },
  ): Promise<void> {
    const { queue, clock, journal, settings } = this.#parts;
    journal.record({ kind: 'AttemptBegan', ...attemptAt(job) });
    using hurry = deadlineAfter(giveUp, settings.answerMs, clock);
    await using lease = new LeaseKeeper(job.lease, { queue, clock, leaseMs: settings.leaseMs, granted });
    this.#leases.set(job.id, lease);
    const end = await this.#handle(job, handler, { lost: lease.lost, cancelled: lease.cancelled, giveUp });
    if (this.#leases.get(job.id) === lease) this.#leases.delete(job.id);
    await this.#conclude(job, end, AbortSignal.any([lease.lost, hurry.signal]));
  }

  /** Asks the queue about a job that something may have happened to, if an attempt at it is running here. */
  look(id: JobId): void {
    this.#leases.get(id)?.look();
  }

  /** Puts back a job that was claimed but not begun. */
  async handBack(job: ClaimedJob, giveUp: AbortSignal): Promise<void> {
    const { clock, settings } = this.#parts;
    using hurry = deadlineAfter(giveUp, settings.answerMs, clock);
    await this.#conclude(job, { kind: 'Interrupted' }, hurry.signal);
  }

  async #handle(job: ClaimedJob, handler: JobHandler, stops: Stops): Promise<End> {
    const { clock, queue, settings } = this.#parts;
    const { timeoutMs, remainingMs, heartbeatTimeoutMs, ...attempt } = job;
    await using progress = new ProgressTeller(job, { queue, clock, answerMs: settings.answerMs });
    using limit = clock.deadline(timeoutMs);
    using rest = clock.deadline(Math.max(remainingMs ?? MOST_MS, 0));
    const limits = { timeout: limit.signal, deadline: rest.signal, silent: progress.silent };
    const signal = AbortSignal.any([...Object.values(stops), ...Object.values(limits)]);
    const run = { signal, progress: (told: JobProgress) => progress.tell(told) };
    const handling = Promise.try(() => handler.handle(attempt, run)).then(
      (result): End => (result.ok ? { kind: 'Succeeded', result: result.value } : { kind: 'Failed', ...result.error }),
      (error: unknown): End => (error instanceof LeaseLost ? { kind: 'Lost' } : this.#threw(job, error, signal)),
    );
    const end = await this.#patiently(job, handling, signal);
    // What is done is told even now: the queue knows best whether the lease still holds.
    if (end?.kind === 'Succeeded' || end?.kind === 'Lost') return end;
    if (stops.lost.aborted) return { kind: 'Lost' };
    if (!signal.aborted) return end ?? { kind: 'Lost' };
    switch (signal.reason) {
      case stops.giveUp.reason:
        return { kind: 'Interrupted' };
      case stops.cancelled.reason:
        return { kind: 'Failed', reason: 'It was cancelled.', retry: false };
      case limits.deadline.reason:
        return { kind: 'Failed', reason: PAST_DEADLINE, retry: false };
      case limits.silent.reason:
        return { kind: 'Failed', reason: NO_PROGRESS, retry: true };
      default:
        return { kind: 'Failed', reason: tookTooLong(timeoutMs), retry: true };
    }
  }

  #threw(job: ClaimedJob, error: unknown, signal: AbortSignal): End {
    if (!signal.aborted) this.#parts.journal.record({ kind: 'HandlerThrew', error, ...attemptAt(job) });
    return { kind: 'Failed', reason: error instanceof Error ? error.message : String(error), retry: true };
  }

  /** Waits for the handler, but once it was asked to end not for long: whatever it still does is fenced by the lease. */
  async #patiently(job: ClaimedJob, handling: Promise<End>, signal: AbortSignal): Promise<End | null> {
    const asked = await abortable(handling, signal).catch(() => null);
    if (asked !== null) return asked;
    using patience = this.#parts.clock.deadline(this.#parts.settings.patienceMs);
    const end = await abortable(handling, patience.signal).catch(() => null);
    if (end === null) this.#parts.journal.record({ kind: 'HandlerIgnoredAbort', ...attemptAt(job) });
    return end;
  }

  /** Tells the queue how the attempt ended, for at most the time of one lease; after that the sweep takes over. */
  async #conclude(job: ClaimedJob, end: End, hurry: AbortSignal): Promise<void> {
    const { clock, rounds, journal, settings } = this.#parts;
    using patience = clock.deadline(settings.leaseMs, hurry);
    const insistence = { doing: `record ${end.kind}`, until: patience.signal, isFinal: isLeaseLost };
    try {
      await rounds.insist(insistence, (signal) => this.#tell(job, end, signal));
    } catch (error) {
      journal.record(
        isLeaseLost(error)
          ? { kind: 'LeaseLost', ...attemptAt(job) }
          : { kind: 'EndNotRecorded', error, ...attemptAt(job) },
      );
    }
  }

  async #tell(job: ClaimedJob, end: End, signal: AbortSignal): Promise<void> {
    const { queue, journal } = this.#parts;
    switch (end.kind) {
      case 'Succeeded':
        await queue.complete(job.lease, end.result, signal);
        return journal.record({ kind: 'JobSucceeded', ...attemptAt(job) });
      case 'Failed':
        return this.#tellFailure(job, end, signal);
      case 'Interrupted':
        await queue.release(job.lease, signal);
        return journal.record({ kind: 'JobHandedBack', ...attemptAt(job) });
      case 'Lost':
        throw new LeaseLost(job.lease);
      default:
        return assertNever(end);
    }
  }

  async #tellFailure(job: ClaimedJob, end: End & { kind: 'Failed' }, signal: AbortSignal): Promise<void> {
    const { queue, randomness, journal } = this.#parts;
    const reason = readableReason(end.reason);
    const delay = retryDelay(jobRetryPolicy, { failures: job.attempt, random: randomness.fraction() });
    const state = await queue.fail(job.lease, { reason, retryInMs: end.retry ? delay : null }, signal);
    if (state === 'cancelled') journal.record({ kind: 'JobCancelled', ...attemptAt(job) });
    else if (state === 'failed') journal.record({ kind: 'JobFailed', reason, ...attemptAt(job) });
    else journal.record({ kind: 'AttemptFailed', reason, retryInMs: delay, ...attemptAt(job) });
  }
}

export function attemptAt({ id: jobId, type, attempt }: ClaimedJob): OfAttempt {
  return { jobId, type, attempt };
}

function isLeaseLost(error: unknown): boolean {
  return error instanceof LeaseLost;
}

function tookTooLong(timeoutMs: number): string {
  return `It took longer than ${timeoutMs / 1_000} seconds.`;
}
