/** A worker as it tells of itself. */
export type WorkerReport = {
  readonly name: string;
  /** How many attempts it runs at most, and how many now. */
  readonly concurrency: number;
  readonly running: number;
  /** For how long it is to be taken for alive if it is not heard of again. */
  readonly aliveMs: number;
};

/** Who works here, for people to see; no job depends on it. Each worker is known by its name, and its latest report counts. */
export abstract class WorkerRegistry {
  abstract report(report: WorkerReport, signal: AbortSignal): Promise<void>;
  /** Forgets a worker; one that is unknown is no error. */
  abstract leave(name: string, signal: AbortSignal): Promise<void>;
}
