import { DeadlineExceeded, type Clock } from '#kernel';
import type { JobProgress } from '#scheduling/contracts';
import { readableReason } from '#scheduling/domain';
import type { ClaimedJob, JobQueue } from '../ports/job-queue.ts';

const PAUSE_MS = 1_000;

/**
 * Tells the queue how far an attempt has come: the first word at once, then the latest each second, oftener where the job asks for
 * signs of life. What the queue does not take is told again with the next.
 *
 * `silent` aborts when the handler has told nothing for as long as it may.
 */
export class ProgressTeller implements AsyncDisposable {
  readonly #parts: { readonly queue: JobQueue; readonly clock: Clock; readonly answerMs: number };
  readonly #job: ClaimedJob;
  readonly #silent = new AbortController();
  readonly #over = new AbortController();
  #latest: JobProgress | null = null;
  #telling: Promise<void> | null = null;
  #heard = new AbortController();
  readonly #watching: Promise<void>;

  constructor(job: ClaimedJob, parts: { readonly queue: JobQueue; readonly clock: Clock; readonly answerMs: number }) {
    this.#job = job;
    this.#parts = parts;
    this.#watching = job.heartbeatTimeoutMs === null ? Promise.resolve() : this.#watch(job.heartbeatTimeoutMs);
  }

  get silent(): AbortSignal {
    return this.#silent.signal;
  }

  tell({ step, done, total }: JobProgress): void {
    if (this.#over.signal.aborted) return;
    this.#latest = {
      step: readableReason(step),
      ...(done !== undefined && { done }),
      ...(total !== undefined && { total }),
    };
    this.#heard.abort();
    this.#telling ??= this.#tellAll();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#over.abort();
    await Promise.all([this.#watching, this.#telling]);
  }

  async #tellAll(): Promise<void> {
    const { clock, queue, answerMs } = this.#parts;
    const pauseMs = Math.min(PAUSE_MS, (this.#job.heartbeatTimeoutMs ?? Infinity) / 3);
    while (this.#latest !== null && !this.#over.signal.aborted) {
      const progress = this.#latest;
      this.#latest = null;
      using answer = clock.deadline(answerMs, this.#over.signal);
      try {
        await queue.tell(this.#job.lease, progress, answer.signal);
      } catch {
        // A lost lease is found out by the heartbeat; anything else may pass.
        this.#latest ??= progress;
      }
      await clock.sleep(pauseMs, this.#over.signal).catch(() => undefined);
    }
    this.#telling = null;
  }

  async #watch(limitMs: number): Promise<void> {
    while (!this.#over.signal.aborted) {
      this.#heard = new AbortController();
      const quiet = AbortSignal.any([this.#heard.signal, this.#over.signal]);
      const isSilent = await this.#parts.clock.sleep(limitMs, quiet).then(
        () => true,
        () => false,
      );
      if (isSilent) return this.#silent.abort(new DeadlineExceeded(limitMs));
    }
  }
}
