import type { RunningTest } from './running-test.ts';

/**
 * Everything of the kit that finds fault with a test: the names by which it can be switched off, and by which the
 * self-test proves that it is alive.
 */
export const detectorNames = [
  'orphans', // a failure that nobody waited for
  'leaks', // a resource that outlives its test
  'late-calls', // a call of a port by a test that has ended
  'hangs', // synchronous code that does not end
  'time-limits', // a test that goes on when its signal has aborted
  'deadlocks', // virtual time with nothing left that could move
  'timers', // global timers left when they are given back
  'overrides', // a double that nobody asked for, or that comes too late
  'open-work', // a transaction, statement or connection left open in the database
  'rungs', // a test of concurrency in a database that cannot show a race
] as const;

export type DetectorName = (typeof detectorNames)[number];

/**
 * Something that watches every test of a process. The Mocha plugin drives it: `start` once before the first test,
 * `testBegins` and `testEnds` around every test and hook, in the test's own context, and `runEnds` after all of them: after
 * those of each file in parallel mode, and of each run in watch mode.
 *
 * What `testEnds` throws fails that test. It is called after the test's body and the kit's clean-ups, whether they
 * succeeded or not, and has to be done within milliseconds when there is nothing to find. `runEnds` fails tests by their
 * `fail`.
 */
export type Detector = {
  readonly name: DetectorName;
  start?(): void;
  testBegins?(test: RunningTest): void;
  testEnds?(test: RunningTest): void | Promise<void>;
  runEnds?(): void | Promise<void>;
};

/** Comma-separated names of detectors that are to be off, for the self-test and the benchmark: never for a suite one trusts. */
const OFF_VARIABLE = 'LOCKSTEP_TEST_OFF';
const NONE: readonly string[] = [];

export function switchedOff(): readonly string[] {
  const asked = process.env[OFF_VARIABLE] ?? '';
  return asked === '' ? NONE : asked.split(',').filter((name) => name !== '');
}

export function isOn(detector: DetectorName): boolean {
  const off = switchedOff();
  if (off === NONE) return true;
  return !off.includes(detector) && !off.includes('all');
}

const watching: Detector[] = [];

/** Starts the detectors of this process. */
export function startDetectors(detectors: readonly Detector[]): void {
  for (const detector of detectors) detector.start?.();
  watching.push(...detectors);
}

/** What these detectors hold against a test that is over: for those inside of a Mocha test, which nobody else judges. */
export async function judge(test: RunningTest): Promise<readonly unknown[]> {
  const errors: unknown[] = [];
  for (const detector of watching) {
    await (async () => detector.testEnds?.(test))().catch((error: unknown) => errors.push(error));
  }
  return errors;
}
