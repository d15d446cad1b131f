import { realPause, realTurn } from '#testing/runtime';

const TURNS = 2;
const LONGEST_REST_MS = 1_000;
const POLL_MS = 5;

/**
 * Waits at the end of a run for what is on its way in this process. A process of its own lives on until its timers and
 * sockets are done; a worker is killed by then, so it waits here until it has no more of them than it had now, or a second.
 */
export function restOf(process: Pick<NodeJS.Process, 'getActiveResourcesInfo'>): (worker: boolean) => Promise<void> {
  const before = process.getActiveResourcesInfo().length;
  return async (worker) => {
    for (let turn = 0; turn < TURNS; turn += 1) await realTurn();
    // The time limit of the hook that waits is one more, and the timer that it waits by another.
    for (let waited = 0; worker && waited < LONGEST_REST_MS; waited += POLL_MS) {
      if (process.getActiveResourcesInfo().length <= before + 1) return;
      await realPause(POLL_MS);
    }
  };
}
