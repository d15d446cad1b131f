import type { Fault } from './faults.ts';

/**
 * - `holds`: the fault happened, and all was well in the end
 * - `failed`: something does not hold, the recovery did not end well, or the trial left something behind
 * - `not met`: the call was not made this time, so that nothing is known
 * - `diverged`: before its fault, the workflow made calls that it does not make without one
 */
export type Verdict = 'holds' | 'failed' | 'not met' | 'diverged';

export type FaultCell = {
  readonly number: number;
  readonly what: string;
  readonly fault: Fault;
  readonly verdict: Verdict;
  /** How the workflow ended, such as `returned`, `refused NameTaken`, `threw StaleLease`, `stopped`, `died`; `not ended` where the trial ended before it. */
  readonly outcome: string;
  /** How the recovery ended; null where there was none. */
  readonly recovered: string | null;
  /** What failed it, in full; null where nothing did. */
  readonly error: string | null;
  /** What `LOCKSTEP_TEST_FAULT` says to run it alone. */
  readonly token: string;
};

/** A row of the matrix. */
export type SweptLine = {
  readonly number: number;
  readonly what: string;
  /** The line that makes the call, from the working directory; null where a callback hands back its answer. */
  readonly at: string | null;
};

/** What came of a sweep; can be written as JSON. */
export type FaultSweep = {
  readonly title: string;
  readonly file: string | null;
  /** Those of the workflow without any fault that answer later, in order, numbered from 1: the rows. */
  readonly calls: readonly SweptLine[];
  /** How many there are to try; fewer have been tried where one was asked for, or time was up. */
  readonly planned: number;
  readonly cells: readonly FaultCell[];
  /** Whether the time for all trials was up before the last one. */
  readonly isCutShort: boolean;
  /** What was under way then; null where nothing was. */
  readonly cutShortIn: string | null;
  /** Calls that only a fault brings about, such as retries and clean-ups: no fault was tried at them. */
  readonly notSwept: readonly string[];
  /** Whether calls came in another order than without faults: something that is not under control decides it. */
  readonly isReordered: boolean;
};

export function failingCells({ cells }: FaultSweep): readonly FaultCell[] {
  return cells.filter(({ verdict }) => verdict !== 'holds');
}
