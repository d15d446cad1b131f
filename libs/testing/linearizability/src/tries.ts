import type { Step } from '#testing/order';

/** A run of a program that has failed. */
export type Failure = {
  readonly error: unknown;
  /** The steps in the order in which they were taken, where somebody has chosen it. */
  readonly steps: readonly Pick<Step, 'actor' | 'what'>[];
  /** What {@link Tries.again} needs to do the same. */
  readonly token: string;
};

/** A way to run the clients of a program at the same time, again and again. */
export type Tries = {
  /** Runs it as often as there is something new to see, up to `until` on the real clock; answers the first failure. */
  all(scenario: () => Promise<void>, until: number): Promise<Failure | undefined>;
  /** Does what has failed before. */
  again(scenario: () => Promise<void>, token: string): Promise<Failure | undefined>;
  /** What was done, and what was not under control: for the report. */
  told(): { readonly done: string; readonly uncontrolled: readonly string[] };
};
