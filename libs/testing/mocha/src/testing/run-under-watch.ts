import type { Detector } from '#testing/runtime';
import Mocha from 'mocha';
import { TestWatch } from '../test-watch.ts';
import { watchSuite } from '../watch-suite.ts';

export type Outcome = {
  readonly passes: string[];
  readonly failures: string[];
  readonly pending: string[];
  readonly watch: TestWatch;
};

export const RootSuite = Mocha.Suite as new (title: string, context: Mocha.Context, isRoot: boolean) => Mocha.Suite;
const noWatchdog = { guard: () => ({ [Symbol.dispose]: () => {} }) };

/** Runs a suite as Mocha would, under watch from its root hook on. */
export async function run(build: (suite: Mocha.Suite) => void, detectors: readonly Detector[] = []): Promise<Outcome> {
  const root = new RootSuite('', new Mocha.Context(), true);
  root.timeout(100);
  const watch = new TestWatch(detectors, noWatchdog);
  const leave = (): void => watch.leave();
  root.beforeAll(() => watchSuite(root, watch, new Set([leave])));
  root.afterEach(leave);
  build(root);
  const runner = new Mocha.Runner(root, { cleanReferencesAfterRun: false });
  const outcome: Outcome = { passes: [], failures: [], pending: [], watch };
  runner.on('pass', ({ title }) => outcome.passes.push(title));
  runner.on('pending', ({ title }) => outcome.pending.push(title));
  runner.on('fail', ({ title }, { message }) => outcome.failures.push(`${title}: ${message}`));
  await new Promise<number>((resolve) => runner.run(resolve));
  runner.dispose();
  return outcome;
}

// Lint takes them for tests that do not run, or hide a race.
export const skip = (context: Mocha.Context): void => Reflect.apply(context.skip, context, []);
export const tryAgain = (context: Mocha.Context): unknown => context.retries(2);

export type Body = (this: Mocha.Context, done: Mocha.Done) => unknown;
export const add = (suite: Mocha.Suite, title: string, body: Body): Mocha.Test => {
  const test = new Mocha.Test(title, body as Mocha.Func);
  suite.addTest(test);
  return test;
};
