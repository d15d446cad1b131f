import type { Detector } from './detector.ts';
import { noteFact } from './facts.ts';
import { outsideTests, RunningTest, runningTest } from './running-test.ts';
import { isSkip } from './skips.ts';
import { isObedience } from './test-over.ts';

const NOBODY = new RunningTest({ title: 'an unknown owner' });
NOBODY.end();

/**
 * Errors that nobody caught, and rejections that nobody awaited, go to the test that started the work: it fails if it still
 * runs, and the run fails by its name if it has ended. No other test is touched. Where the asynchronous context is lost the
 * owner is said to be unknown, never guessed, and the run fails all the same.
 *
 * Uses the process's one capture callback for uncaught exceptions, in which Node keeps the asynchronous context.
 */
export const orphans: Detector = {
  name: 'orphans',
  start() {
    if (process.hasUncaughtExceptionCaptureCallback()) {
      throw new Error(
        'Something else in this process catches every uncaught exception (process.setUncaughtExceptionCaptureCallback), ' +
          'and Node allows one. Remove it, or run without this detector: LOCKSTEP_TEST_OFF=orphans.',
      );
    }
    process.setUncaughtExceptionCaptureCallback(blame);
  },
  testBegins() {
    // A worker of Mocha's parallel mode removes all listeners after each file.
    if (!process.listeners('unhandledRejection').includes(onRejection)) {
      outsideTests(() => process.prependListener('unhandledRejection', onRejection));
    }
  },
};

const seen = new WeakSet<Promise<unknown>>();

/** Mocha hands on every rejection that it gets, so each comes twice. */
function onRejection(reason: unknown, promise: Promise<unknown>): void {
  if (!seen.has(promise)) blame(reason);
  seen.add(promise);
}

function blame(error: unknown): void {
  if (isSkip(error) || isObedience(error)) return;
  const test = runningTest();
  if (test === undefined)
    noteFact({ topic: 'unknown owner', text: `a failure outside of every test: ${String(error)}` });
  (test ?? NOBODY).fail(error);
}
