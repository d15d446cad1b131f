import type { Result } from '#kernel';
import type { JobQueue, RetryRefused, RetryRequest } from '../ports/job-queue.ts';

export type RetryJobCommand = RetryRequest;

/** Puts a job that has failed or was cancelled back into the queue, with attempts and limits anew. */
export class RetryJob {
  readonly #queue: JobQueue;

  constructor(queue: JobQueue) {
    this.#queue = queue;
  }

  async execute(command: RetryJobCommand, { signal }: { signal: AbortSignal }): Promise<Result<void, RetryRefused>> {
    return this.#queue.retry(command, signal);
  }
}
