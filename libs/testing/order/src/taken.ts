import type { CallSite } from '#testing/runtime';
import type { Keys, Step } from './step.ts';

/** What a step brings about beside what it does itself, as far as it is seen. */
export type Effects = {
  /** Whose code has run by it: the actor's own, and that of others who waited for it. */
  readonly moved: Set<string>;
  /** What those calls read and write that had to wait, and that it lets come to their end. */
  readonly ended: (Keys | undefined)[];
};

export const NO_EFFECTS: Effects = { moved: new Set(), ended: [] };

/** A step that was taken, as a trace tells it. */
export type Taken = Step & {
  /** Where the code asked for it. */
  readonly site: CallSite | undefined;
  readonly effects: Effects;
  /** How it ended; undefined as long as it has not. */
  outcome: Outcome | undefined;
};

export type Outcome = { readonly kind: 'answered' | 'failed'; readonly value: unknown };

/** As it is taken, before anything has come of it. */
export function takenOf(step: Step, site?: CallSite): Taken {
  return { ...step, site, effects: { moved: new Set([step.actor]), ended: [] }, outcome: undefined };
}
