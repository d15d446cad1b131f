import { inTest, RunningTest, together } from '#testing/runtime';

/** Does for a test what the plugin for Mocha would: without it nobody else fails the test for what it is blamed for. */
export async function unwatched(context: Mocha.Context, run: (owner: RunningTest) => Promise<void>): Promise<void> {
  const owner = new RunningTest({ title: context.test?.fullTitle() ?? 'a test' });
  const limitMs = context.timeout();
  const errors = new Set<unknown>();
  await inTest(owner, () => run(owner)).catch((error: unknown) => errors.add(error));
  for (const error of owner.failures) errors.add(error);
  owner.end();
  if (errors.size === 0) return;
  context.timeout(limitMs); // which a retry takes over
  throw together([...errors]);
}
