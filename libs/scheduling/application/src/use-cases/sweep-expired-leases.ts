import type { JobQueue, SweptJob } from '../ports/job-queue.ts';
import type { WorkerJournal } from '../ports/worker-journal.ts';

export type SweepExpiredLeasesCommand = { readonly limit: number };

/** Takes jobs from workers that died or lost their way. A job that has cost a worker in every attempt is parked. */
export class SweepExpiredLeases {
  readonly #queue: JobQueue;
  readonly #journal: WorkerJournal;

  constructor(queue: JobQueue, journal: WorkerJournal) {
    this.#queue = queue;
    this.#journal = journal;
  }

  async execute(
    { limit }: SweepExpiredLeasesCommand,
    { signal }: { signal: AbortSignal },
  ): Promise<readonly SweptJob[]> {
    const swept = await this.#queue.sweepExpired(limit, signal);
    for (const { id: jobId, type, attempt, state } of swept) {
      this.#journal.record({ kind: state === 'failed' ? 'JobParked' : 'JobTakenFromWorker', jobId, type, attempt });
    }
    return swept;
  }
}
