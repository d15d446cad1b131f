import { abortable, type Json, type Result } from '#kernel';
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
} from '#scheduling/application';
import type { JobId, JobProgress, Lease } from '#scheduling/contracts';
import type { QueuedJob } from '#scheduling/domain';
import type { DataSource } from 'typeorm';
import { BullMqTickets, type TakenTicket } from './bullmq-tickets.ts';
import { TicketOutbox } from './ticket-outbox.ts';

export type BullMqSettings = {
  /** Where BullMQ keeps its queue. */
  readonly url: string;
  /** How long a ticket is left to a worker that has taken it: longer than a claim may take. 10,000 when not given. */
  readonly lockMs?: number;
  /** When a ticket is taken for lost, and put again. 60,000 when not given. */
  readonly reissueMs?: number;
};

export type BullMqParts = {
  /** The engine that keeps the jobs. */
  readonly own: JobQueue;
  /** Its database. */
  readonly source: DataSource;
  readonly time: { now(): Date | null };
};

/**
 * BullMQ says whose turn it is, PostgreSQL keeps the jobs: a worker takes tickets from BullMQ and claims the jobs that they
 * name, and no others. What a ticket says is a hint; lost, late or doubled, it costs time and nothing else.
 *
 * Does not offer ageing: jobs of the same priority come in the order in which they were due, higher priorities before them.
 * Resources are opened by the first claim; whoever made it disposes of it.
 */
export class BullMqJobQueue implements JobQueue, AsyncDisposable {
  readonly #own: JobQueue;
  readonly #outbox: TicketOutbox;
  readonly #settings: BullMqSettings;
  #opened: BullMqTickets | null = null;

  constructor({ own, source, time }: BullMqParts, settings: BullMqSettings) {
    this.#own = own;
    this.#settings = settings;
    this.#outbox = new TicketOutbox({ source, time, reissueMs: settings.reissueMs ?? 60_000 });
  }

  async claim(claim: JobClaim, signal: AbortSignal): Promise<readonly ClaimedJob[]> {
    signal.throwIfAborted();
    if (claim.only !== undefined) return this.#own.claim(claim, signal);
    const due = await this.#outbox.due(claim.types, signal);
    if (due === null) return [];
    if (due.length > 0) {
      await abortable(this.#tickets.put(due), signal);
      await this.#outbox.issued(due, signal);
    }
    const taken = await abortable(this.#tickets.take(claim.limit), signal);
    if (taken.length === 0) return [];
    try {
      return await this.#own.claim({ ...claim, only: taken.map(({ jobId }) => jobId) }, signal);
    } finally {
      // What was claimed is claimed: a ticket that is not used up now comes back by itself, and is used up then.
      await this.#use(taken, signal).catch(() => {});
    }
  }

  submit(job: QueuedJob, signal: AbortSignal): Promise<Result<JobId, SubmitRefused>> {
    return this.#own.submit(job, signal);
  }

  heartbeat(lease: Lease, leaseMs: number, signal: AbortSignal): Promise<LeaseState> {
    return this.#own.heartbeat(lease, leaseMs, signal);
  }

  tell(lease: Lease, progress: JobProgress, signal: AbortSignal): Promise<void> {
    return this.#own.tell(lease, progress, signal);
  }

  complete(lease: Lease, result: Json, signal: AbortSignal): Promise<void> {
    return this.#own.complete(lease, result, signal);
  }

  fail(lease: Lease, failure: AttemptFailure, signal: AbortSignal): Promise<AfterFailure> {
    return this.#own.fail(lease, failure, signal);
  }

  release(lease: Lease, signal: AbortSignal): Promise<void> {
    return this.#own.release(lease, signal);
  }

  cancel(request: CancelRequest, signal: AbortSignal): Promise<Result<'cancelled' | 'requested', CancelRefused>> {
    return this.#own.cancel(request, signal);
  }

  retry(request: RetryRequest, signal: AbortSignal): Promise<Result<void, RetryRefused>> {
    return this.#own.retry(request, signal);
  }

  sweepExpired(limit: number, signal: AbortSignal): Promise<readonly SweptJob[]> {
    return this.#own.sweepExpired(limit, signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#opened?.[Symbol.asyncDispose]();
  }

  get #tickets(): BullMqTickets {
    const { url, lockMs = 10_000 } = this.#settings;
    return (this.#opened ??= new BullMqTickets({ url, lockMs }));
  }

  /** In BullMQ first: as long as a ticket is there it cannot be put again. */
  async #use(taken: readonly TakenTicket[], signal: AbortSignal): Promise<void> {
    await abortable(this.#tickets.use(taken), signal);
    await this.#outbox.settle(taken, signal);
  }
}
