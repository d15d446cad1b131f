export const PRUNE_JOB = 'job.prune';

/** How long jobs are kept after they have ended, unless somebody says otherwise. */
export const KEEP_DAYS = 90;
