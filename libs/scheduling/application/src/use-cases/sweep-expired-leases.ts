import type { JobQueue, SweptJob } from '../ports/job-queue.ts';
import type { WorkerJournal } from '../ports/worker-journal.ts';

export type SweepExpiredLeasesCommand = { readonly limit: number };

/** Takes jobs from workers that died or lost their way, and ends those whose time is over. One that has cost its last worker is parked. */
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
    for (const job of swept) {
      const { id: jobId, type, attempt } = job;
      this.#journal.record({ kind: kindOf(job), jobId, type, attempt });
    }
    return swept;
  }
}

function kindOf({ parked, cause }: SweptJob): 'JobParked' | 'JobCancelled' | 'JobTakenFromWorker' | 'JobOutOfTime' {
  if (parked) return 'JobParked';
  if (cause === 'cancelled') return 'JobCancelled';
  return cause === 'notBegun' || cause === 'pastDeadline' ? 'JobOutOfTime' : 'JobTakenFromWorker';
}
