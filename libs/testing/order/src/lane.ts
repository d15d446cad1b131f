import type { Step } from './step.ts';
import type { Taken } from './taken.ts';

/** A step that waits until it is chosen. */
export type Parked = {
  readonly step: Step;
  readonly taken: Taken;
  readonly go: () => void;
  readonly stop: (reason: unknown) => void;
};

/** One actor, and the steps at which it stands. */
export type Lane = {
  readonly name: string;
  readonly parked: Parked[];
  isDone: boolean;
  asked: number;
  /** How many steps had been taken when it took its last one, or stood at its next. */
  since: number;
};
