import type { CallSite } from '#testing/runtime';
import type { Step } from './step.ts';

/** A step that was taken, as a trace tells it. */
export type Taken = Step & {
  /** Where the code asked for it. */
  readonly site: CallSite | undefined;
  /** Whose code has run by it: the actor's own, and that of others who waited for it. */
  readonly moved: Set<string>;
  /** How it ended; undefined as long as it has not. */
  outcome: Outcome | undefined;
};

export type Outcome = { readonly kind: 'answered' | 'failed'; readonly value: unknown };

/** As it is taken, before anything has come of it. */
export function takenOf(step: Step, site?: CallSite): Taken {
  return { ...step, site, moved: new Set([step.actor]), outcome: undefined };
}
