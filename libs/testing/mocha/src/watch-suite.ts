import type { TestWatch } from './test-watch.ts';
import { watched } from './watched.ts';

const seen = new WeakSet<Mocha.Suite | Mocha.Runnable>();
const hookKinds = ['beforeAll', 'beforeEach', 'afterEach', 'afterAll'] as const;

type Hooks = Record<`_${(typeof hookKinds)[number]}`, Mocha.Hook[]>;

/** Puts every test and hook of a suite under watch, those of `own` aside, and those that will be added while it runs. */
export function watchSuite(suite: Mocha.Suite, watch: TestWatch, own: ReadonlySet<unknown>): void {
  if (seen.has(suite)) return;
  seen.add(suite);
  const take = (runnable: Mocha.Runnable): void => {
    if (seen.has(runnable) || !runnable.fn || own.has(runnable.fn)) return;
    seen.add(runnable);
    runnable.fn = watched(runnable.fn, watch);
  };
  suite.tests.forEach(take);
  for (const kind of hookKinds) hooksOf(suite, kind).forEach(take);
  for (const kind of ['test', ...hookKinds]) (suite as NodeJS.EventEmitter).on(kind, take);

  for (const child of suite.suites) watchSuite(child, watch, own);
  (suite as NodeJS.EventEmitter).on('suite', (child: Mocha.Suite) => watchSuite(child, watch, own));
}

/** Whether hooks under watch run after this one and may still clean up what it opened. */
export function isFollowedByHooks(runnable: Mocha.Runnable): boolean {
  if (isHook(runnable)) return true;
  for (let suite = runnable.parent; suite !== undefined; suite = suite.parent) {
    if ([...hooksOf(suite, 'afterEach'), ...hooksOf(suite, 'afterAll')].some((hook) => seen.has(hook))) return true;
  }
  return false;
}

export function isHook(runnable: Mocha.Runnable): boolean {
  return 'type' in runnable && runnable.type === 'hook';
}

/** Of one kind, in the order in which they run; changing the list changes that. */
export function hooksOf(suite: Mocha.Suite, kind: (typeof hookKinds)[number]): Mocha.Hook[] {
  return (suite as unknown as Hooks)[`_${kind}`];
}
