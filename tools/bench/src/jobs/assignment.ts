import type { EngineName } from './engines.ts';

/** What a program of this benchmark is told when it starts. */
export type Assignment = {
  readonly engine: EngineName;
  readonly url: string;
} & (
  | { readonly role: 'submit'; readonly unmeasured: number; readonly jobs: number }
  | { readonly role: 'work'; readonly places: number; readonly name: string }
  | { readonly role: 'claim'; readonly unmeasured: number; readonly claims: number; readonly callers: number }
);

export const ASSIGNMENT = 'LOCKSTEP_BENCH_JOBS';

/** Sent to a program that is ready. */
export const GO = 'go';

export type Ready = { readonly kind: 'ready' };
export type Submitted = { readonly kind: 'submitted'; readonly milliseconds: number };
/** So many jobs ended since it was told last, the last one at that time. */
export type Ended = { readonly kind: 'ended'; readonly count: number; readonly at: number };
export type Claimed = { readonly kind: 'claimed'; readonly milliseconds: readonly number[] };
