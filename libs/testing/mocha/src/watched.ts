import { isSkip, type RunningTest } from '#testing/runtime';
import type { TestWatch } from './test-watch.ts';

type Body = Mocha.Func | Mocha.AsyncFunc;

/**
 * Makes the body of a test or hook run under a watch. Mocha sees a function like the one it was given: same `this`, and the
 * callback where the body asks for one. It always sees an asynchronous one, so that what a body leaves undone in its last
 * moment still counts as its own.
 */
export function watched(body: Body, watch: TestWatch): Body {
  // Mocha has decided by the length of the original whether to hand over a callback.
  return body.length > 0
    ? function (this: Mocha.Context, done: Mocha.Done) {
        // By the time of a skip Mocha has called back itself.
        const failed = (error: unknown): void => (isSkip(error) ? undefined : done(error || falsy(error)));
        // As in Mocha, a body that waits for a callback is over when it fails: nobody may call back any more.
        const work = (test: RunningTest): Promise<void> =>
          Promise.race([calledBack(body as Mocha.Func, this, (error) => test.fail(error)), test.failure]);
        watch.run(this.runnable(), work).then(() => done(), failed);
      }
    : function (this: Mocha.Context) {
        const runnable = this.runnable();
        return watch.run(runnable, async () => {
          const result = (body as Mocha.AsyncFunc).call(this) as unknown;
          if (mustBeAsync(runnable) && !isThenable(result)) {
            throw new Error('--async-only option in use without declaring `done()` or returning a promise');
          }
          await result;
        });
      };
}

function calledBack(body: Mocha.Func, context: Mocha.Context, fail: (error: unknown) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    let calls = 0;
    let result: unknown;
    result = body.call(context, (error?: unknown) => {
      calls += 1;
      if (calls > 1) fail(new Error('done() called multiple times', { cause: error }));
      else if (error) reject(error);
      else if (isThenable(result))
        reject(new Error('Resolution method is overspecified. Specify a callback *or* return a Promise; not both.'));
      else resolve();
    });
  });
}

function isThenable(value: unknown): boolean {
  return value instanceof Object && 'then' in value && typeof value.then === 'function';
}

function mustBeAsync(runnable: Mocha.Runnable): boolean {
  return (runnable as { asyncOnly?: boolean }).asyncOnly === true;
}

function falsy(error: unknown): Error {
  return new Error(`The test failed with ${String(error)} instead of an error.`);
}
