import { realTime, realTurn } from '#testing/runtime';

const PATIENCE_MS = 200;
const LEAST_TURNS = 10;

/**
 * What is still there when everything that is about to close has closed: sockets, children and files take a few turns of the
 * event loop. Costs nothing where nothing is open.
 */
export async function settled<T>(look: () => readonly T[]): Promise<readonly T[]> {
  const giveUpAt = realTime.now() + PATIENCE_MS;
  let seen = look();
  for (let turns = 0; seen.length > 0 && (turns < LEAST_TURNS || realTime.now() < giveUpAt); turns += 1) {
    await realTurn();
    seen = look();
  }
  return seen;
}
