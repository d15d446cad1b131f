import type { Lane } from './lane.ts';
import { TIME, type Step } from './step.ts';

/** An actor that polls would never let anybody else move, nor time pass. */
const FAIR_STEPS = 25;

/** Whether somebody has taken so many steps in a row that another one has to be let in. */
export function isTurnOfOthers(inRow: number): boolean {
  return inRow > 0 && inRow % FAIR_STEPS === 0;
}

type Standing = {
  readonly lanes: readonly Pick<Lane, 'parked' | 'since'>[];
  /** Whether a timer waits for its time. */
  readonly hasTimer: boolean;
  readonly trace: readonly Pick<Step, 'actor'>[];
};

/** Whether somebody who could have moved had to wait for longer than until everybody else has had a turn. */
export function isSomebodyStarved({ lanes, hasTimer, trace }: Standing): boolean {
  const since = lanes.filter(({ parked }) => parked.length > 0).map((lane) => lane.since);
  if (hasTimer) since.push(trace.findLastIndex(({ actor }) => actor === TIME) + 1);
  const patience = Math.min(FAIR_STEPS * (lanes.length + 1), trace.length / 2);
  return since.some((one) => trace.length - one > patience);
}
