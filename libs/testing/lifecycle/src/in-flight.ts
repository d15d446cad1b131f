import { openCalls, runningTest } from '#testing/runtime';

/** What the running test waits for, each with the line that waits: as far as it goes through ports or the kit. */
export function inFlight(): readonly string[] {
  const test = runningTest();
  return test === undefined ? [] : openCalls(test).map(({ what, site }) => `${what} at ${site}`);
}
