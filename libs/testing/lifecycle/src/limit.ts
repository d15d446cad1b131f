import type { TestScope } from './test-scope.ts';

/** How long before Mocha gives up on a test the test is told to stop, so that its clean-up still belongs to it. */
const ABORT_MARGIN_MS = 200;

export type Limit = Disposable & { readonly passed: Promise<never> };

/** Aborts the scope's signal before Mocha's limit, and rejects `passed` when nothing has ended after that either. */
export function limitOf(mochaLimitMs: number, scope: TestScope): Limit {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => {});
  if (mochaLimitMs === 0) return { passed: promise, [Symbol.dispose]: () => {} };

  const limitMs = Math.max(1, mochaLimitMs - ABORT_MARGIN_MS);
  const timeUp = new Error(`The test was stopped after ${limitMs} ms.`);
  const aborting = setTimeout(() => scope.abort(timeUp), limitMs);
  const givingUp = setTimeout(
    () => reject(new Error(`${timeUp.message} It did not end when its signal aborted.`)),
    limitMs + ABORT_MARGIN_MS / 2,
  );
  return {
    passed: promise,
    [Symbol.dispose]: () => {
      clearTimeout(aborting);
      clearTimeout(givingUp);
    },
  };
}
