import type { Result } from '#kernel';
import type { CancelRefused, CancelRequest, JobQueue } from '../ports/job-queue.ts';

export type CancelJobCommand = CancelRequest;

/** Ends a job that waits at once, and asks the worker of one that runs to end it. */
export class CancelJob {
  readonly #queue: JobQueue;

  constructor(queue: JobQueue) {
    this.#queue = queue;
  }

  async execute(
    command: CancelJobCommand,
    { signal }: { signal: AbortSignal },
  ): Promise<Result<'cancelled' | 'requested', CancelRefused>> {
    return this.#queue.cancel(command, signal);
  }
}
