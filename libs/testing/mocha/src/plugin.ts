import { leaks } from '#testing/leaks';
import {
  isOn,
  learnSkip,
  noteFact,
  onLateFailure,
  orphans,
  releaseShared,
  startDetectors,
  switchedOff,
  together,
  type Detector,
} from '#testing/runtime';
import { EventEmitter } from 'node:events';
import { EarlyExit } from './early-exit.ts';
import { LateFailures } from './late-failures.ts';
import { restOf } from './rest-of.ts';
import { collectFromWorkers, isWorker, leaveForParent, reportAtExit } from './run-report.ts';
import { seedOfRun, shuffle } from './shuffled.ts';
import { endSurvivors } from './survivors.ts';
import { TestWatch } from './test-watch.ts';
import { tellUncontrolled } from './uncontrolled.ts';
import { hooksOf, watchSuite } from './watch-suite.ts';
import { Watchdog } from './watchdog.ts';

/** For Mocha's `--require`: every test and hook of the process runs under the eyes of the detectors. */
const detectors: readonly Detector[] = [orphans, leaks].filter(({ name }) => isOn(name));

const watch: TestWatch = new TestWatch(detectors, new Watchdog(() => watch.current?.title));
const late = new LateFailures((test) => watch.runnableOf(test));
const seed = seedOfRun();
const rest = restOf(process);
const exit = new EarlyExit(() => watch.current?.title);
/** What was shared may take its time to be released, and what is about to close some more. */
const END_MS = 60_000;
let started = false;

reportAtExit((code) => exit.tell(code));
if (!isWorker) {
  const repeat = `shuffled by seed ${seed} (LOCKSTEP_TEST_SEED=${seed} repeats it)`;
  noteFact({ topic: 'order', text: seed === undefined ? 'written order' : repeat });
  for (const text of switchedOff()) noteFact({ topic: 'switched off', text });
}

// What reporters print of a root hook is the name of its function.
export const mochaHooks = {
  beforeAll: function theTestKitIsReady(this: Mocha.Context): void {
    if (!started) start(this.runnable());
    exit.runBegins();
    const root = rootOf(this);
    const last = hooksOf(root, 'afterAll');
    last.push(
      ...last.splice(
        last.findIndex(({ fn }) => fn === mochaHooks.afterAll),
        1,
      ),
    );
    if (seed !== undefined) shuffle(root, seed);
    late.runBegins(root);
    watchSuite(root, watch, new Set(Object.values(mochaHooks)));
  },
  afterEach(): void {
    watch.leave();
  },
  afterAll: named('nothing failed behind the end of its test', async function (this: Mocha.Context) {
    this.timeout(END_MS);
    watch.leave();
    const errors: unknown[] = [];
    await releaseShared().catch((error: unknown) => errors.push(error));
    await rest(isWorker);
    for (const detector of detectors)
      await (async () => detector.runEnds?.())().catch((error: unknown) => errors.push(error));
    errors.push(...late.runEnds());
    exit.runEnds();
    leaveForParent();
    if (errors.length > 0) throw together(errors);
  }),
};

export function mochaGlobalSetup(this: Mocha.Runner & { isParallelMode?(): boolean }): void {
  if (this.isParallelMode?.() === true) collectFromWorkers(this);
  // In watch mode there is no runner yet, and nothing has to end.
  if (!(this instanceof EventEmitter)) return;
  this.once('end', () => {
    exit.runEnds();
    endSurvivors();
  });
}

function start(hook: Mocha.Runnable): void {
  started = true;
  // Its own one, if it has one, calls back.
  learnSkip((Object.getPrototypeOf(hook) as Mocha.Runnable).skip);
  onLateFailure((failure) => late.take(failure));
  tellUncontrolled();
  startDetectors(detectors);
}

function named<F extends (this: Mocha.Context) => unknown>(name: string, hook: F): F {
  return Object.defineProperty(hook, 'name', { value: name });
}

function rootOf(context: Mocha.Context): Mocha.Suite {
  let suite = context.test?.parent;
  while (suite?.parent) suite = suite.parent;
  if (suite === undefined) throw new Error('Mocha runs this hook in no suite.');
  return suite;
}
