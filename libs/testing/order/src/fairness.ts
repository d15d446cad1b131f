import type { Lane } from './lane.ts';

/** An actor that polls would never let anybody else move, nor time pass. */
const FAIR_STEPS = 25;

/** Whether somebody has taken so many steps in a row that another one has to be let in. */
export function isTurnOfOthers(inRow: number): boolean {
  return inRow > 0 && inRow % FAIR_STEPS === 0;
}

type Standing = {
  readonly lanes: readonly Pick<Lane, 'parked' | 'since'>[];
  /** How many steps had been taken when time passed the last time, or a timer began to wait for it. */
  readonly timeSince: number;
  readonly steps: number;
  readonly mostSteps: number;
};

/** Whether somebody who could have moved, or time, has had to wait for longer than until everybody else has had a turn. */
export function isSomebodyStarved({ lanes, timeSince, steps, mostSteps }: Standing): boolean {
  const patience = Math.min(FAIR_STEPS * (lanes.length + 1), mostSteps / 2);
  return (
    steps - timeSince > patience || lanes.some(({ parked, since }) => parked.length > 0 && steps - since > patience)
  );
}
