import type { Step } from '#testing/order';

/** What was done, in the order in which it was, where somebody has chosen it. */
export type Steps = readonly Pick<Step, 'actor' | 'what'>[];

/** A run of a program that has failed. */
export type Failure = {
  readonly error: unknown;
  readonly steps: Steps;
  /** What {@link Tries.again} needs to do the same. */
  readonly token: string;
};

/** A way to run the clients of a program at the same time, again and again. */
export type Tries = {
  /**
   * Runs it as often as there is something new to see, up to `until` on the real clock; answers the first failure. Rejects with
   * {@link OutOfTime} where the test's time ends in the middle of a run.
   */
  all(scenario: () => Promise<void>, until: number): Promise<Failure | undefined>;
  /** Does what has failed before. Rejects where the token is none of its own. */
  again(scenario: () => Promise<void>, token: string): Promise<Failure | undefined>;
  told(): Told;
};

/** What was tried: for the report. */
export type Told = {
  /** Runs that came to their end. */
  readonly ran: number;
  readonly done: string;
  readonly uncontrolled: readonly string[];
};

/** The test's time was up in the middle of a run, which has neither passed nor failed. */
export class OutOfTime extends Error {
  constructor(steps: Steps = []) {
    const come = steps.length === 0 ? [] : ['It had come so far:', ...toldSteps(steps)];
    super(
      [
        'The time was up in the middle of a run: pass the `signal` on, or give the test more time by `within`.',
        ...come,
      ].join('\n'),
    );
    this.name = 'OutOfTime';
  }
}

export function toldSteps(steps: Steps): readonly string[] {
  return steps.map(({ actor, what }, index) => `  ${String(index + 1).padStart(3)}  ${actor}  ${what}`);
}
