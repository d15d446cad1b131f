import { isTurnOfOthers } from './fairness.ts';
import { TIME, type Step } from './step.ts';
import type { Effects } from './taken.ts';

/** A moment at which nothing moves by itself: one of `options` has to be taken. */
export type Choice = {
  /** Ordered by the actors and, within one, by age; time comes last. Never empty. */
  readonly options: readonly Step[];
  /** Who has moved last. */
  readonly last: string | undefined;
  /** What that has brought about. */
  readonly effects: Effects;
  /** How many steps in a row that one has taken. */
  readonly inRow: number;
};

/**
 * The option that is taken when nobody wants another: whoever has moved last goes on, so that orders which differ little
 * from it have few switches; time passes when nothing else can be done. After 25 steps in a row it is the next one's turn, in
 * a circle of which time is part: Musuvathi and Qadeer, Fair Stateless Model Checking, PLDI 2008.
 */
export function usual({ options, last, inRow }: Choice): number {
  const own = options.findIndex(({ actor }) => actor === last);
  if (own === -1 || last === TIME) return 0;
  if (!isTurnOfOthers(inRow)) return own;
  const next = options.findIndex(({ actor }, index) => index > own && actor !== last);
  return Math.max(next, 0);
}

/**
 * Whether an option is a switch: the one who has moved last could have gone on, and has to wait. It is the preemption of
 * Musuvathi and Qadeer, Iterative Context Bounding for Systematic Testing of Multithreaded Programs, PLDI 2007.
 */
export function isSwitch(choice: Choice, index: number): boolean {
  const { options, last } = choice;
  if (index === usual(choice)) return false;
  if (options[index]?.actor === TIME) return true; // somebody could have gone on
  return last !== TIME && options.some(({ actor }) => actor === last);
}
