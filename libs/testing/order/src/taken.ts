import type { CallSite } from '#testing/runtime';
import type { Step } from './step.ts';

/** A step that was taken, as a trace tells it. */
export type Taken = Step & {
  /** Where the code asked for it. */
  readonly site: CallSite | undefined;
  /** How it ended; undefined as long as it has not. */
  outcome: Outcome | undefined;
};

export type Outcome = { readonly kind: 'answered' | 'failed'; readonly value: unknown };
