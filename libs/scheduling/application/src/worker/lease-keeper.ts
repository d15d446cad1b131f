import { abortable, type Clock, type Deadline } from '#kernel';
import { LeaseLost, type Lease } from '#scheduling/contracts';
import type { JobQueue } from '../ports/job-queue.ts';

type LeaseKeeperParts = {
  readonly queue: JobQueue;
  readonly clock: Clock;
  readonly leaseMs: number;
  /** Aborts when the lease that came with the claim may be over: `leaseMs` after the queue was asked, not after it answered. */
  readonly granted: AbortSignal;
};

/**
 * Keeps one lease alive by heartbeats until it is disposed.
 *
 * `cancelled` aborts with `JobCancelled` when a heartbeat was told so.
 * `lost` aborts with `LeaseLost` when the queue says that the lease is lost, and also when the queue could not be reached for
 * as long as the lease lasts: by then another worker may have the job, and only the work itself can stop.
 */
export class LeaseKeeper implements AsyncDisposable {
  readonly #parts: LeaseKeeperParts;
  readonly #lease: Lease;
  readonly #lost = new AbortController();
  readonly #cancelled = new AbortController();
  #hint = new AbortController();
  readonly #disposed = new AbortController();
  readonly #beating: Promise<void>;

  constructor(lease: Lease, parts: LeaseKeeperParts) {
    this.#lease = lease;
    this.#parts = parts;
    this.#beating = this.#beat();
  }

  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  get cancelled(): AbortSignal {
    return this.#cancelled.signal;
  }

  /** Has the next heartbeat come at once: something may have happened to the job. */
  look(): void {
    this.#hint.abort();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed.abort();
    await this.#beating;
  }

  async #beat(): Promise<void> {
    let held: Deadline = {
      signal: AbortSignal.any([this.#parts.granted, this.#disposed.signal]),
      [Symbol.dispose]: () => {},
    };
    try {
      for (let isFresh = true; ;) {
        // Three chances within one lease; after a heartbeat that failed, the next one comes sooner.
        await this.#rest(this.#parts.leaseMs / (isFresh ? 3 : 10), held.signal);
        const renewed = await this.#renew(held.signal);
        isFresh = renewed !== null;
        if (renewed === null) continue;
        held[Symbol.dispose]();
        held = renewed;
      }
    } catch (reason) {
      const isOver = this.#disposed.signal.aborted;
      if (!isOver) this.#lost.abort(reason instanceof LeaseLost ? reason : new LeaseLost(this.#lease));
    } finally {
      held[Symbol.dispose]();
    }
  }

  async #rest(milliseconds: number, held: AbortSignal): Promise<void> {
    const hint = this.#hint.signal;
    await this.#parts.clock.sleep(milliseconds, AbortSignal.any([held, hint])).catch(() => held.throwIfAborted());
    if (hint.aborted) this.#hint = new AbortController();
  }

  /** The span of the lease that was renewed, or null when it was not. */
  async #renew(held: AbortSignal): Promise<Deadline | null> {
    const { queue, clock, leaseMs } = this.#parts;
    using answer = clock.deadline(leaseMs / 3, held);
    // Measured from before the call, so that it never ends after the lease that the queue has granted.
    const span = this.#span();
    try {
      const state = await abortable(queue.heartbeat(this.#lease, leaseMs, answer.signal), answer.signal);
      if (state.isToBeCancelled) this.#cancelled.abort(new JobCancelled());
      return span;
    } catch (error) {
      span[Symbol.dispose]();
      if (error instanceof LeaseLost || held.aborted) throw error;
      return null;
    }
  }

  #span(): Deadline {
    return this.#parts.clock.deadline(this.#parts.leaseMs, this.#disposed.signal);
  }
}

/** The reason of the signal of an attempt whose job is to be cancelled. */
export class JobCancelled extends Error {
  constructor() {
    super('It was cancelled.');
    this.name = 'JobCancelled';
  }
}
