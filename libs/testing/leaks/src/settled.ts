const PATIENCE_MS = 200;
const LEAST_TURNS = 10;

// A test may stand in for all of these, and its stand-ins may outlive it.
const { now } = performance;
const turn = setImmediate;
const clock = (): number => now.call(performance);

/**
 * What is still there when everything that is about to close has closed: sockets, children and files take a few turns of the
 * event loop. Costs nothing where nothing is open.
 */
export async function settled<T>(look: () => readonly T[]): Promise<readonly T[]> {
  const giveUpAt = clock() + PATIENCE_MS;
  let seen = look();
  for (let turns = 0; seen.length > 0 && (turns < LEAST_TURNS || clock() < giveUpAt); turns += 1) {
    await new Promise((resolve) => void turn(resolve));
    seen = look();
  }
  return seen;
}
