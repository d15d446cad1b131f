import type { CallSite, RunningTest } from '#testing/runtime';

/** A connection that was taken out of the pool: where, by which test, and what it was used for. */
export type Holder = {
  readonly test: RunningTest | undefined;
  readonly site: CallSite;
  query: string | undefined;
  /** Statements without an answer. */
  unanswered: number;
  /** When the last answer came, in milliseconds of the process. */
  idleSince: number;
};
