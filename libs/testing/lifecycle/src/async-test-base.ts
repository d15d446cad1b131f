import { ManualClock } from '#kernel/testing';
import { eventually, type Awaited, type Present } from './eventually.ts';
import { TestScope } from './test-scope.ts';

/** How long before Mocha gives up on a test the test is told to stop, so that its clean-up still belongs to it. */
const ABORT_MARGIN_MS = 200;

/** A class of tests, installed in a `describe`. Every test gets an object of its own. */
export type InstalledTest<T> = { test(body: (test: T) => unknown): Mocha.AsyncFunc };

/**
 * What a test of asynchronous code needs, new for every test. Extend it to add helpers, then
 * `const t = BackupTest.install()` and `it('…', t.test(async ({ clock, use }) => { … }))`.
 *
 * `signal` aborts shortly before Mocha's time limit: pass it to what the test calls. A body that does not end then fails
 * as such, and its clean-ups run all the same.
 */
export class AsyncTestBase {
  readonly #scope = new TestScope();
  readonly clock = new ManualClock();
  readonly signal: AbortSignal = this.#scope.signal;

  /** Hands a resource to the test; it is disposed at the end, newest first. */
  readonly use = <R extends Disposable | AsyncDisposable>(opening: R | Promise<R>): Promise<R> =>
    this.#scope.use(opening);

  /** Runs at the end of the test, whatever happened before. */
  readonly defer = (run: () => unknown): void => this.#scope.defer(run);

  /** Waits for something real to come about; see {@link Awaited}. */
  readonly eventually = <T>(awaited: Awaited<T>): Promise<Present<T>> => eventually(awaited, this.signal);

  /** Prepares the test before its body; what it opens it hands to `use` or `defer`. */
  protected setUp(): void | Promise<void> {}

  /** Ends the test before its clean-ups: the place for checks that every test has to pass. */
  protected verify(): void | Promise<void> {}

  static install<T extends AsyncTestBase>(this: new () => T): InstalledTest<T> {
    return {
      test: (body) => {
        const Test = this;
        return async function (this: Mocha.Context) {
          await new Test().#run(body as (test: AsyncTestBase) => unknown, this.timeout());
        };
      },
    };
  }

  async #run(body: (test: AsyncTestBase) => unknown, mochaLimitMs: number): Promise<void> {
    using limit = abortBefore(mochaLimitMs, this.#scope);
    const errors: unknown[] = [];
    const note = (error: unknown): void => void errors.push(error);

    await Promise.race([this.#steps(body), limit.passed]).catch(note);
    await this.#scope.close().catch(note);

    if (errors.length === 1) throw errors[0];
    if (errors.length > 1)
      throw new AggregateError(errors, `The test failed, and so did its clean-up: ${errors.join('; ')}`);
  }

  async #steps(body: (test: AsyncTestBase) => unknown): Promise<void> {
    await this.setUp();
    await body(this);
    await this.verify();
  }
}

type Limit = Disposable & { readonly passed: Promise<never> };

function abortBefore(mochaLimitMs: number, scope: TestScope): Limit {
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
