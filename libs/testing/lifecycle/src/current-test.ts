import type { VirtualClock } from '#testing/time';
import { AsyncLocalStorage } from 'node:async_hooks';

/** What the parts of the kit that are plain functions need of the test that calls them. */
export type CurrentTest = {
  readonly signal: AbortSignal;
  defer(run: () => unknown, what?: string): void;
  /** Asks every part of the test whether a race of so many could be seen in it. */
  proveRaces(racers: number): Promise<void>;
  readonly clock: VirtualClock;
};

const storage = new AsyncLocalStorage<CurrentTest>();

/** The test of an `AsyncTestBase` in whose asynchronous context this is called. */
export function currentTest(): CurrentTest | undefined {
  return storage.getStore();
}

export function asCurrentTest<T>(test: CurrentTest, work: () => T): T {
  return storage.run(test, work);
}
