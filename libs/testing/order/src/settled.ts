import { noteFact, offTheBooks, outsideTests, realTime, runningTest, type RunningTest } from '#testing/runtime';
import { blockedActivity, underWay, type UnderWay } from '#testing/time';

/** Turns of the event loop in which a message within the process arrives. */
const IDLE_TURNS = 3;
/** Real milliseconds without an answer after which it is asked whether something waits for somebody else. */
const ASK_MS = 2;
/** How long something silent, such as a socket of the test, may be silent, and anything where nobody waits for it: real milliseconds. */
const PATIENCE_MS = 1_000;

/** Who moves, as far as those who move can tell. */
export type Movement = {
  /** Counts whatever has happened so far. */
  readonly count: number;
  /** Whether everybody stands at a step or is at the end. */
  readonly isParked: boolean;
  /** Whether nobody wants to know any more. */
  readonly isOver: boolean;
};

/**
 * Comes back when nothing moves by itself any more: microtasks, turns of the event loop and requests that are under way have
 * come to their end, and what is left waits for the actors themselves. Answers what waits so in a database.
 */
export async function settled(movement: () => Movement): Promise<readonly string[]> {
  const [test, since] = [runningTest(), realTime.now()];
  let [seen, seenAt, idle] = [-1, since, 0];
  for (let turns = 0; ; turns += 1) {
    await turn(turns > 20 ? 1 : 0);
    const { count, isParked, isOver } = movement();
    if (isOver) return [];
    if (count !== seen) [seen, seenAt, idle] = [count, realTime.now(), 0];
    const open = [...underWay({ test, since, shortly: PATIENCE_MS })];
    const certain = open.filter((one) => one.certain);
    if (certain.length > 0) {
      if (realTime.now() - seenAt < ASK_MS) continue;
      const blocked = await stuckIn(certain);
      if (blocked !== undefined && movement().count === seen) return blocked;
      if (isParked && realTime.now() - seenAt > PATIENCE_MS) return told(certain, test);
    } else if (isParked || idle >= IDLE_TURNS) {
      if (isParked) return [];
      if (!open.some(({ movedAt }) => realTime.now() - movedAt < PATIENCE_MS)) return told(open, test);
    } else {
      idle += 1;
    }
  }
}

/** Where all of them wait for somebody, which a database tells: what they are. */
async function stuckIn(open: readonly UnderWay[]): Promise<readonly string[] | undefined> {
  const blocked = await outsideTests(blockedActivity);
  const lines = new Map(blocked.map(({ line, by }) => [line, `${line} waits for ${by}`]));
  const waits = open.map((one) => lines.get(String(one)));
  return waits.some((wait) => wait === undefined) ? undefined : (waits as readonly string[]);
}

function told(open: readonly UnderWay[], test: RunningTest | undefined): readonly string[] {
  for (const one of open) {
    noteFact({ topic: 'not controlled', text: `an order went on past something silent: ${one}, in "${test?.title}"` });
  }
  return [];
}

function turn(milliseconds: number): Promise<void> {
  return offTheBooks(
    () =>
      new Promise((resolve) => {
        if (milliseconds === 0) realTime.setImmediate(resolve);
        else realTime.setTimeout(resolve, milliseconds);
      }),
  );
}
