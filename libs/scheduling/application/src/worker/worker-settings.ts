export type WorkerSettings = {
  /** Who holds the leases, for people who look at a job. */
  readonly name: string;
  /** Attempts side by side. */
  readonly concurrency: number;
  /** How long a job stays with a worker that is not heard of. Heartbeats and sweeps come three times in that time. */
  readonly leaseMs: number;
  /** The longest pause between two looks at an empty queue. */
  readonly pollMs: number;
  /** How long attempts may go on after the worker was told to stop. */
  readonly graceMs: number;
  /** How long a handler may take to end after its signal aborted, before its place is given to another job. */
  readonly patienceMs: number;
  /** How long the queue may take to answer. */
  readonly answerMs: number;
};

export const usualWorkerSettings = {
  concurrency: 10,
  leaseMs: 15_000,
  pollMs: 250,
  graceMs: 15_000,
  patienceMs: 5_000,
  answerMs: 5_000,
} as const;
