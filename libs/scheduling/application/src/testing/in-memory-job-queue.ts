import type { Clock, Json } from '#kernel';
import type { Lease } from '#scheduling/contracts';
import { QueuedJob, RunningJob, type HeldJob, type JobSnapshot } from '#scheduling/domain';
import type { AttemptFailure, ClaimedJob, JobClaim, JobQueue, SweptJob } from '../ports/job-queue.ts';
import { InMemoryJobTable } from './in-memory-job-table.ts';

/** The engine in memory. It has no rules of its own: each move is one of the job's. */
export class InMemoryJobQueue implements JobQueue {
  readonly #clock: Clock;
  readonly #table: InMemoryJobTable;

  constructor(clock: Clock, table = new InMemoryJobTable()) {
    this.#clock = clock;
    this.#table = table;
  }

  async submit(job: QueuedJob, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.#table.put(job);
  }

  async claim({ types, worker, limit, leaseMs }: JobClaim, signal: AbortSignal): Promise<readonly ClaimedJob[]> {
    signal.throwIfAborted();
    const now = this.#clock.now();
    const waiting = this.#table
      .all()
      .filter((job) => job instanceof QueuedJob)
      .filter((job) => types.includes(job.snapshot().type))
      .sort((a, b) => byUrgency(a.snapshot(), b.snapshot()));
    const claimed: ClaimedJob[] = [];
    for (const job of waiting) {
      if (claimed.length === limit) break;
      const running = job.claim({ worker, now, leaseMs });
      if (!running.ok) continue;
      this.#table.put(running.value);
      claimed.push(handedOut(running.value));
    }
    return claimed;
  }

  async heartbeat(lease: Lease, leaseMs: number, signal: AbortSignal): Promise<void> {
    const job = await this.#held(lease, signal);
    this.#table.put(job.heartbeat({ now: this.#clock.now(), leaseMs }));
  }

  async complete(lease: Lease, result: Json, signal: AbortSignal): Promise<void> {
    const job = await this.#held(lease, signal);
    this.#table.put(job.succeed(result, this.#clock.now()));
  }

  async fail(lease: Lease, failure: AttemptFailure, signal: AbortSignal): Promise<'queued' | 'failed'> {
    const held = await this.#held(lease, signal);
    const job = held.fail({ ...failure, now: this.#clock.now() });
    this.#table.put(job);
    return job instanceof QueuedJob ? 'queued' : 'failed';
  }

  async release(lease: Lease, signal: AbortSignal): Promise<void> {
    const job = await this.#held(lease, signal);
    this.#table.put(job.release());
  }

  async sweepExpired(limit: number, signal: AbortSignal): Promise<readonly SweptJob[]> {
    signal.throwIfAborted();
    const now = this.#clock.now();
    const running = this.#table
      .all()
      .filter((job) => job instanceof RunningJob)
      .filter((job) => !this.#table.locks.isLocked(job.snapshot().id))
      .sort((a, b) => a.snapshot().leaseExpiresAt.getTime() - b.snapshot().leaseExpiresAt.getTime());
    const swept: SweptJob[] = [];
    for (const job of running) {
      if (swept.length === limit) break;
      const taken = job.expire(now);
      if (!taken.ok) continue;
      this.#table.put(taken.value);
      const { id, type, attempt } = taken.value.snapshot();
      swept.push({ id, type, attempt, state: taken.value instanceof QueuedJob ? 'queued' : 'failed' });
    }
    return swept;
  }

  /** The job for its holder, once no transaction holds it. */
  async #held(lease: Lease, signal: AbortSignal): Promise<HeldJob> {
    signal.throwIfAborted();
    await this.#table.locks.untilUnlocked(lease.jobId, { signal });
    return this.#table.heldBy(lease);
  }
}

function byUrgency(a: JobSnapshot, b: JobSnapshot): number {
  return b.priority - a.priority || a.dueAt.getTime() - b.dueAt.getTime() || (a.id < b.id ? -1 : 1);
}

function handedOut(job: RunningJob): ClaimedJob {
  const { id, type, payload, attempt, timeoutMs, token } = job.snapshot();
  return { id, type, payload, attempt, timeoutMs, lease: { jobId: id, token } };
}
