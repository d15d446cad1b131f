import { err, ok, type Clock, type Json, type Result } from '#kernel';
import type { JobProgress, Lease } from '#scheduling/contracts';
import {
  claimRank,
  FinishedJob,
  QueuedJob,
  RunningJob,
  sweepReasons,
  type HeldJob,
  type JobId,
  type JobSnapshot,
  type Swept,
} from '#scheduling/domain';
import type {
  AfterFailure,
  AttemptFailure,
  CancelRefused,
  CancelRequest,
  ClaimedJob,
  JobClaim,
  JobQueue,
  LeaseState,
  RetryRefused,
  RetryRequest,
  SubmitRefused,
  SweptJob,
} from '../ports/job-queue.ts';
import { InMemoryJobTable } from './in-memory-job-table.ts';
import { putJob } from './put-job.ts';

/** The engine in memory. It has no rules of its own: each move is one of the job's. */
export class InMemoryJobQueue implements JobQueue {
  readonly #clock: Clock;
  readonly #table: InMemoryJobTable;

  constructor(clock: Clock, table = new InMemoryJobTable()) {
    this.#clock = clock;
    this.#table = table;
  }

  async submit(job: QueuedJob, signal: AbortSignal): Promise<Result<JobId, SubmitRefused>> {
    signal.throwIfAborted();
    return putJob(this.#table, job, { signal });
  }

  async claim({ types, worker, limit, leaseMs, only }: JobClaim, signal: AbortSignal): Promise<readonly ClaimedJob[]> {
    signal.throwIfAborted();
    if (this.#table.paused !== null) return [];
    const now = this.#clock.now();
    const waiting = this.#table
      .all()
      .filter((job) => job instanceof QueuedJob)
      .filter((job) => types.includes(job.snapshot().type))
      .filter((job) => only?.includes(job.snapshot().id) ?? true)
      .sort((a, b) => byRank(a.snapshot(), b.snapshot()));
    const claimed: ClaimedJob[] = [];
    for (const job of waiting) {
      if (claimed.length === limit) break;
      const running = job.claim({ worker, now, leaseMs });
      if (!running.ok) continue;
      this.#table.put(running.value, { kind: 'claimed', at: now });
      claimed.push(handedOut(running.value, now));
    }
    return claimed;
  }

  async heartbeat(lease: Lease, leaseMs: number, signal: AbortSignal): Promise<LeaseState> {
    const job = await this.#held(lease, signal);
    this.#table.put(job.heartbeat({ now: this.#clock.now(), leaseMs }));
    return { isToBeCancelled: job.isToBeCancelled };
  }

  async tell(lease: Lease, progress: JobProgress, signal: AbortSignal): Promise<void> {
    const job = await this.#held(lease, signal);
    const now = this.#clock.now();
    this.#table.put(job.tell(progress, now), { kind: 'progressed', at: now, progress });
  }

  async complete(lease: Lease, result: Json, signal: AbortSignal): Promise<void> {
    const job = await this.#held(lease, signal);
    const now = this.#clock.now();
    this.#table.put(job.succeed(result, now), { kind: 'succeeded', at: now });
  }

  async fail(lease: Lease, failure: AttemptFailure, signal: AbortSignal): Promise<AfterFailure> {
    const held = await this.#held(lease, signal);
    const now = this.#clock.now();
    const job = held.fail({ ...failure, now });
    return this.#handBack(job, held, { kind: 'failed', at: now, reason: failure.reason });
  }

  async release(lease: Lease, signal: AbortSignal): Promise<void> {
    const { attempt } = this.#table.get(lease.jobId)?.snapshot() ?? { attempt: 0 };
    const held = await this.#held(lease, signal);
    const now = this.#clock.now();
    this.#handBack(held.release(now), held, { kind: 'handedBack', at: now, attempt });
  }

  async cancel(
    { id, by, reason }: CancelRequest,
    signal: AbortSignal,
  ): Promise<Result<'cancelled' | 'requested', CancelRefused>> {
    signal.throwIfAborted();
    await this.#table.locks.untilUnlocked(id, { signal });
    const job = this.#table.get(id);
    const at = this.#clock.now();
    if (job === undefined) return err({ kind: 'JobNotFound', id });
    if (job instanceof FinishedJob) return err({ kind: 'JobHasEnded', state: job.snapshot().state });
    if (job instanceof QueuedJob) {
      this.#table.put(job.cancel({ by, reason, at }), { kind: 'cancelled', at, by, reason });
      return ok('cancelled');
    }
    const isFirst = job.snapshot().cancellation === null;
    if (isFirst) this.#table.put(job.requestCancel({ by, reason, at }), { kind: 'cancelRequested', at, by, reason });
    return ok('requested');
  }

  async retry({ id, by, attempts }: RetryRequest, signal: AbortSignal): Promise<Result<void, RetryRefused>> {
    signal.throwIfAborted();
    const job = this.#table.get(id);
    if (job === undefined) return err({ kind: 'JobNotFound', id });
    if (!(job instanceof FinishedJob)) return err({ kind: 'JobNotEnded', state: job.snapshot().state });
    const at = this.#clock.now();
    const queued = job.retry({ attempts, now: at });
    if (!queued.ok) return queued;
    if (!this.#table.hasRoom()) return this.#full();
    this.#table.put(queued.value, { kind: 'retried', at, by });
    return ok(undefined);
  }

  async sweepExpired(limit: number, signal: AbortSignal): Promise<readonly SweptJob[]> {
    signal.throwIfAborted();
    const now = this.#clock.now();
    const free = this.#table.all().filter((job) => !this.#table.locks.isLocked(job.snapshot().id));
    const expired = (jobs: readonly (QueuedJob | RunningJob)[]): readonly Swept<QueuedJob | FinishedJob>[] => {
      const swept = jobs.map((job) => job.expire(now)).filter((result) => result.ok);
      return swept.slice(0, limit).map(({ value }) => value);
    };
    const running = free.filter((job) => job instanceof RunningJob).sort((a, b) => endOf(a) - endOf(b));
    const waiting = free.filter((job) => job instanceof QueuedJob);
    return [...expired(running), ...expired(waiting)].map(({ job, cause }) => {
      const { id, type, attempt, state, ...rest } = job.snapshot();
      const reason = cause === 'cancelled' ? null : sweepReasons[cause];
      this.#table.put(job, { kind: state === 'cancelled' ? 'cancelled' : 'expired', at: now, reason });
      const parked = 'parked' in rest && rest.parked === true;
      return { id, type, attempt, state, cause, parked } as SweptJob;
    });
  }

  /** The job for its holder, once no transaction holds it. */
  async #held(lease: Lease, signal: AbortSignal): Promise<HeldJob> {
    signal.throwIfAborted();
    await this.#table.locks.untilUnlocked(lease.jobId, { signal });
    return this.#table.heldBy(lease);
  }

  #handBack(
    job: QueuedJob | FinishedJob,
    held: HeldJob,
    happened: Parameters<InMemoryJobTable['put']>[1],
  ): AfterFailure {
    this.#table.put(job, { ...happened!, ...(held.isToBeCancelled && { kind: 'cancelled' }) });
    return job instanceof QueuedJob ? 'queued' : held.isToBeCancelled ? 'cancelled' : 'failed';
  }

  #full(): Result<never, SubmitRefused & { kind: 'QueueFull' }> {
    return err({ kind: 'QueueFull', capacity: this.#table.capacity });
  }
}

function byRank(a: JobSnapshot, b: JobSnapshot): number {
  return claimRank(a) - claimRank(b) || (a.id < b.id ? -1 : 1);
}

function endOf(job: RunningJob): number {
  const { leaseExpiresAt, endBy, progressBy } = job.snapshot();
  const ends = [leaseExpiresAt, endBy, progressBy].filter((end) => end !== null);
  return Math.min(...ends.map((end) => end.getTime()));
}

function handedOut(job: RunningJob, now: Date): ClaimedJob {
  const { id, type, payload, attempt, timeoutMs, token, endBy, heartbeatTimeoutMs } = job.snapshot();
  const remainingMs = endBy === null ? null : endBy.getTime() - now.getTime();
  const limits = { timeoutMs, remainingMs, heartbeatTimeoutMs };
  return { id, type, payload, attempt, ...limits, lease: { jobId: id, token } };
}
