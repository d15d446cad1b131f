import type { Laboratory } from './arena/laboratory.ts';
import type { PlantName } from './plants/plant-names.ts';
import type { Random } from './random.ts';

export type Size = 'gate' | 'nightly';

/** What a campaign, or a part of it, has seen. */
export type Finding = {
  /** How often the fault was done to the product: the N of the table. */
  readonly trials: number;
  /** What must never be, in sentences. */
  readonly violations: readonly string[];
  /** Durations and the like, by what they measure. */
  readonly samples: Readonly<Record<string, readonly number[]>>;
  /** How often what a campaign is about did happen: a campaign that never got there has shown nothing. */
  readonly reached: Readonly<Record<string, number>>;
};

export type Order = {
  /** How many trials this part has. */
  readonly trials: number;
  readonly size: Size;
  readonly random: Random;
  readonly plant: PlantName | null;
  readonly signal: AbortSignal;
  /** Told of each trial that is over, for whoever watches. */
  readonly progress: (done: number) => void;
};

/** One line of the table. */
export type Row = {
  readonly figure: string;
  readonly result: string;
  readonly met: boolean;
  /** Whether "zero in N" is what it says, so that an upper bound belongs to it. */
  readonly isZeroInN: boolean;
  /** How many trials, or measurements, it stands on. */
  readonly n: number;
};

/**
 * One kind of harm, done many times. `run` does `order.trials` of it to a system of its own, from beginning to end, so that
 * parts can follow each other on different days; `judge` makes the figures out of all parts together.
 */
export type Campaign = {
  readonly id: string;
  readonly title: string;
  /** Further figures of the table that its run answers. */
  readonly answers: readonly string[];
  readonly trials: Readonly<Record<Size, number>>;
  /** How many trials make one part. */
  readonly part: Readonly<Record<Size, number>>;
  readonly run: (order: Order, laboratory: Laboratory) => Promise<Finding>;
  readonly judge: (finding: Finding, size: Size) => readonly Row[];
};

export const nothingFound: Finding = { trials: 0, violations: [], samples: {}, reached: {} };

export function together(one: Finding, other: Finding): Finding {
  return {
    trials: one.trials + other.trials,
    violations: [...one.violations, ...other.violations],
    samples: combined(one.samples, other.samples, (a, b) => [...a, ...b], []),
    reached: combined(one.reached, other.reached, (a, b) => a + b, 0),
  };
}

function combined<T>(
  one: Readonly<Record<string, T>>,
  other: Readonly<Record<string, T>>,
  join: (a: T, b: T) => T,
  none: T,
): Record<string, T> {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries([...names].map((name) => [name, join(one[name] ?? none, other[name] ?? none)]));
}
