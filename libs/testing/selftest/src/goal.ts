import type { DetectorName } from '#testing/runtime';

/** One claim of the kit and the check that it is true here and now. */
export type Goal = {
  /** Such as `K12`. */
  readonly id: string;
  readonly claim: string;
  /** What has to be measured for the goal to be reached, as the table prints it. */
  readonly target: string;
  check(run: SelfTestRun): Promise<Measured>;
  /** Whether it tells how long something takes by the clock, so that no other goal is to run beside it. */
  readonly tellsTime?: true;
  /** Whether it takes so long that it had better begin before the others. */
  readonly takesLong?: true;
  /** The smallest faults that its detectors have to find: all of them found, and none with the detector switched off. */
  readonly canaries?: readonly Canary[];
};

export type Canary = {
  readonly detector: DetectorName;
  /** Commits the fault, with the detectors as the environment says, and answers whether it was found. */
  trips(run: SelfTestRun): Promise<boolean>;
};

export type SelfTestRun = {
  readonly signal: AbortSignal;
  /** Says what is under way, for whoever waits. */
  progress(line: string): void;
};

export type Measured = {
  readonly passed: boolean;
  /** Such as `12 of 12 named`. */
  readonly measured: string;
  /** What others reach at the same task, measured in this run where they can be installed. */
  readonly peers: readonly { readonly name: string; readonly measured: string }[];
  /** Whatever helps to find out why, where it did not pass. */
  readonly details?: readonly string[];
};
