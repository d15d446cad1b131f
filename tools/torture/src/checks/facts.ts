/** The history of a campaign: what its own side was told, and what the database saw. Times are milliseconds since 1970. */
export type Facts = {
  readonly submissions: readonly Submission[];
  readonly jobs: readonly JobFact[];
  readonly transitions: readonly Transition[];
  readonly effects: readonly Effect[];
};

/** `unknown`: the submission failed in a way that leaves open whether the job exists. */
export type Submission = {
  readonly seq: number;
  readonly outcome: 'ok' | 'refused' | 'unknown';
  readonly jobId: string | null;
};

export type JobFact = {
  readonly id: string;
  readonly seq: number;
  readonly mode: string;
  readonly type: string;
  readonly state: string;
  readonly attempt: number;
  readonly maxAttempts: number;
  readonly token: number;
  readonly failure: string | null;
};

export type Transition = {
  readonly jobId: string;
  readonly at: number;
  /** The name that the session goes by: which worker wrote. */
  readonly by: string;
  readonly from: string | null;
  readonly to: string;
  readonly holder: string | null;
  readonly newHolder: string | null;
  readonly leaseExpired: boolean | null;
  readonly fromToken: number | null;
  readonly toToken: number;
  readonly fromAttempt: number | null;
  readonly toAttempt: number;
  readonly failure: string | null;
};

/** `newest` and `state`: of the job, when the effect was committed. */
export type Effect = {
  readonly jobId: string;
  readonly token: number;
  readonly worker: string;
  readonly newest: number | null;
  readonly state: string | null;
};

export const FINAL = ['succeeded', 'failed', 'cancelled', 'parked'];

export function isFinal(state: string): boolean {
  return FINAL.includes(state);
}

/** A worker asked for the job, or a sweep or a hand-back let it go. */
export function isClaim({ from, to, newHolder }: Transition): boolean {
  return from === 'queued' && to === 'running' && newHolder !== null;
}
