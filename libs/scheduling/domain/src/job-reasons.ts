/** What is written on a job whose worker was not heard of until the end of its lease. */
export const WORKER_VANISHED = 'The worker that ran it stopped answering.';

/** … whose attempt gave no sign of progress for as long as it may. */
export const NO_PROGRESS = 'It made no progress for longer than it may.';

/** … that was not begun in time. */
export const NOT_BEGUN = 'It waited in the queue for longer than it may.';

/** … that had not ended in time, whichever attempt it was in. */
export const PAST_DEADLINE = 'It had not ended by its deadline.';

/** Why the engine has taken a job out of somebody's hands, or out of the queue. */
export type SweepCause = 'cancelled' | 'pastDeadline' | 'workerVanished' | 'noProgress' | 'notBegun';

/** What each of them is called on the job. */
export const sweepReasons: Readonly<Record<Exclude<SweepCause, 'cancelled'>, string>> = {
  pastDeadline: PAST_DEADLINE,
  workerVanished: WORKER_VANISHED,
  noProgress: NO_PROGRESS,
  notBegun: NOT_BEGUN,
};
