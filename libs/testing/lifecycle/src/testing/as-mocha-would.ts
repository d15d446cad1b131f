import type { AsyncTestBase, InstalledTest } from '../async-test-base.ts';

/** Runs a test as Mocha would, outside of its count, and hands out what it failed with, or `passed`. */
export async function asMochaWould<T extends AsyncTestBase>(
  installed: InstalledTest<T>,
  body: (this: Mocha.Context, test: T) => unknown,
  limitMs = 2_000,
): Promise<unknown> {
  let current = limitMs;
  const timeout = (milliseconds?: number): unknown => {
    if (milliseconds === undefined) return current;
    current = milliseconds;
    return context;
  };
  const context = { timeout } as unknown as Mocha.Context;
  return installed
    .test(body)
    .call(context)
    .then(
      () => 'passed',
      (error: unknown) => error,
    );
}

export const messageOf = (failure: unknown): string => (failure instanceof Error ? failure.message : String(failure));
