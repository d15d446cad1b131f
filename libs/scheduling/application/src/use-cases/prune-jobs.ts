import type { JobRun } from '#scheduling/contracts';
import type { EndedJobs } from '../ports/ended-jobs.ts';

/** Jobs that have been over for so many days are taken away. */
export type PruneJobsCommand = { readonly keepDays: number };
export type PrunedJobs = { readonly removed: number };

const DAY_MS = 86_400_000;
/** In one transaction: few enough to keep nobody waiting. */
const BATCH = 500;

/** Takes away what is over for long, batch by batch. What ends it half way leaves the rest to the next one. */
export class PruneJobs {
  readonly #ended: EndedJobs;

  constructor(ended: EndedJobs) {
    this.#ended = ended;
  }

  async execute({ keepDays }: PruneJobsCommand, { signal, progress }: JobRun): Promise<PrunedJobs> {
    let removed = 0;
    for (let last = BATCH; last === BATCH; removed += last) {
      last = await this.#ended.remove({ forMs: keepDays * DAY_MS, limit: BATCH }, signal);
      progress({ step: 'removing', done: removed + last });
    }
    return { removed };
  }
}
