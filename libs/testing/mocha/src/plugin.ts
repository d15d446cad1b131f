import { isOn, onLateFailure, orphans, releaseShared, type Detector, type LateFailure } from '#testing/runtime';
import { watched } from './watched.ts';

/** For Mocha's `--require`: every test and hook of the process runs under the eyes of the detectors. */
const detectors: readonly Detector[] = [orphans].filter(({ name }) => isOn(name));
const late: LateFailure[] = [];
const seen = new WeakSet<Mocha.Suite>();
let started = false;

export const mochaHooks: Mocha.RootHookObject = {
  beforeAll(this: Mocha.Context) {
    if (!started) {
      started = true;
      onLateFailure((failure) => void late.push(failure));
      for (const detector of detectors) detector.start?.();
    }
    watchSuite(rootOf(this));
  },
  async afterAll() {
    await releaseShared();
    const failures = late.splice(0);
    if (failures.length === 0) return;
    const lines = failures.map(({ test, error }) => `"${test.title}" failed after it had ended: ${String(error)}`);
    throw new AggregateError(
      failures.map(({ error }) => error),
      lines.join('\n'),
    );
  },
};

function rootOf(context: Mocha.Context): Mocha.Suite {
  let suite = context.test?.parent;
  while (suite?.parent) suite = suite.parent;
  if (suite === undefined) throw new Error('Mocha runs this hook in no suite.');
  return suite;
}

type Hooks = Record<'_beforeAll' | '_beforeEach' | '_afterEach' | '_afterAll', Mocha.Hook[]>;

function watchSuite(suite: Mocha.Suite): void {
  if (seen.has(suite)) return;
  seen.add(suite);
  const { _beforeAll, _beforeEach, _afterEach, _afterAll } = suite as unknown as Hooks;
  const hooks = suite.root ? [] : [..._beforeAll, ..._beforeEach, ..._afterEach, ..._afterAll];
  for (const runnable of [...suite.tests, ...hooks]) {
    if (runnable.fn) {
      runnable.fn = watched(runnable.fn, { title: runnable.fullTitle(), file: runnable.file }, detectors);
    }
  }
  for (const child of suite.suites) watchSuite(child);
}
