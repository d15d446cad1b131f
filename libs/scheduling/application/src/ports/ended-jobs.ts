export type EndedLongAgo = {
  /** By the engine's clock. */
  readonly forMs: number;
  /** How many at most. */
  readonly limit: number;
};

/**
 * The jobs that are over, for whoever clears them away.
 *
 * `remove` takes jobs away that have been over for so long, with their history and their idempotency keys, those that ended first
 * before the others, and answers how many. It leaves what waits or runs, and the latest job of each schedule. It never waits for
 * others: what a transaction has in its hands is passed over, and of several callers each gets other jobs. One that somebody
 * retries meanwhile is either taken away, and not there for the retry, or left. An abort rejects with the signal's reason.
 */
export abstract class EndedJobs {
  abstract remove(which: EndedLongAgo, signal: AbortSignal): Promise<number>;
}
