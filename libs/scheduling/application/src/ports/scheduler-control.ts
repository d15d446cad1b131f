export type SchedulerState = {
  /** Null while jobs are handed out. */
  readonly paused: { readonly by: string; readonly since: Date } | null;
  /** Those that were heard of lately, by name. */
  readonly workers: readonly AliveWorker[];
  /** Of each type that waits or runs, by name. */
  readonly types: readonly TypeCount[];
  /** Since when the job that has been due for longest waits. */
  readonly oldestWaiting: Date | null;
  /** How many jobs may wait and run together. */
  readonly capacity: number;
};

export type AliveWorker = {
  readonly name: string;
  readonly concurrency: number;
  readonly running: number;
  readonly since: Date;
  readonly seenAt: Date;
};

export type TypeCount = { readonly type: string; readonly waiting: number; readonly running: number };

/**
 * The scheduler service as a whole, all workers together; what is said here survives restarts.
 *
 * While it is paused no job is claimed; what runs goes on, and jobs can be submitted. Pausing what is paused changes nothing,
 * resuming what runs neither. A claim that is under way may still be answered. `state` is as of one moment.
 */
export abstract class SchedulerControl {
  abstract pause(by: string, signal: AbortSignal): Promise<void>;
  abstract resume(signal: AbortSignal): Promise<void>;
  abstract state(signal: AbortSignal): Promise<SchedulerState>;
}
