import type { Detector } from './detector.ts';
import { noteFact } from './facts.ts';
import { RunningTest, runningTest } from './running-test.ts';

const NOBODY = new RunningTest({ title: 'an unknown owner' });
NOBODY.end();

/**
 * Errors that nobody caught, and rejections that nobody awaited, go to the test that started the work: it fails if it still
 * runs, and the run fails by its name if it has ended. No other test is touched.
 *
 * Uses the process's one capture callback for uncaught exceptions, in which Node keeps the asynchronous context.
 */
export const orphans: Detector = {
  name: 'orphans',
  start() {
    const seen = new WeakSet<Promise<unknown>>();
    process.setUncaughtExceptionCaptureCallback(blame);
    // Mocha hands on every rejection that it gets, so each comes twice.
    process.prependListener('unhandledRejection', (reason, promise) => {
      if (!seen.has(promise)) blame(reason);
      seen.add(promise);
    });
  },
};

function blame(error: unknown): void {
  const test = runningTest();
  if (test === undefined)
    noteFact({ topic: 'unknown owner', text: `a failure outside of every test: ${String(error)}` });
  (test ?? NOBODY).fail(error);
}
