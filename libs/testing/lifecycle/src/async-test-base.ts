import { ManualClock } from '#kernel/testing';
import { inTest, runningTest, RunningTest } from '#testing/runtime';
import { eventually, type Awaited, type Present } from './eventually.ts';
import { limitOf } from './limit.ts';
import type { Part } from './part.ts';
import { TestScope, type CleanUp } from './test-scope.ts';

const PREPARE_LIMIT_MS = 60_000;

/** A class of tests, ready to be used in `it`. Every test gets an object of its own. */
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
  readonly #parts: Part[] = [];
  readonly clock = new ManualClock();
  readonly signal: AbortSignal = this.#scope.signal;

  /** Hands a resource to the test; it is disposed at the end, newest first. */
  readonly use = <R extends Disposable | AsyncDisposable>(opening: R | Promise<R>): Promise<R> =>
    this.#scope.use(opening);

  /** Runs at the end of the test, whatever happened before, and is told how the test went. `what` names it where it fails. */
  readonly defer = (run: CleanUp, what?: string): void => this.#scope.defer(run, what);

  /** Waits for something real to come about; see {@link Awaited}. */
  readonly eventually = <T>(awaited: Awaited<T>): Promise<Present<T>> => eventually(awaited, this.signal);

  /** Makes a part belong to every test of this class: `readonly database = this.part(new TestDatabase(schema))`. */
  protected part<P extends Part>(part: P): P {
    this.#parts.push(part);
    return part;
  }

  /**
   * Something that a test may ask for, made by the first who asks and once a test:
   * `readonly device = this.fixture(() => this.register(…))`, then `await device()`. A disposable one is handed to `use`.
   */
  protected fixture<F>(make: () => F | Promise<F>): () => Promise<F> {
    let made: Promise<F> | undefined;
    const open = async (): Promise<F> => {
      const value = await make();
      if (isDisposable(value)) await this.use(value);
      return value;
    };
    return () => (made ??= open());
  }

  /** Prepares the test before its body, when its parts are there; what it opens it hands to `use` or `defer`. */
  protected setUp(): void | Promise<void> {}

  /** Ends the test before its clean-ups: the place for checks that every test has to pass. */
  protected verify(): void | Promise<void> {}

  static install<T extends AsyncTestBase>(this: new () => T): InstalledTest<T> {
    return {
      test: (body) => {
        const Test = this;
        return function (this: Mocha.Context) {
          const owner = runningTest() ?? new RunningTest({ title: this.test?.fullTitle() ?? Test.name });
          return inTest(owner, () => new Test().#run(this, body as (test: AsyncTestBase) => unknown));
        };
      },
    };
  }

  async #run(context: Mocha.Context, body: (test: AsyncTestBase) => unknown): Promise<void> {
    await this.#prepare(context);
    using limit = limitOf(context.timeout(), this.#scope);
    const errors: unknown[] = [];
    const note = (error: unknown): void => void errors.push(error);

    await Promise.race([this.#steps(body), limit.passed]).catch(note);
    await this.#scope.close({ failed: errors.length > 0 }).catch(note);

    if (errors.length === 1) throw errors[0];
    if (errors.length > 1)
      throw new AggregateError(errors, `The test failed, and so did its clean-up: ${errors.join('; ')}`);
  }

  async #prepare(context: Mocha.Context): Promise<void> {
    const waiting = this.#parts.filter(({ prepare }) => prepare !== undefined);
    if (waiting.length === 0) return;
    const limitMs = context.timeout();
    if (limitMs > 0) context.timeout(limitMs + PREPARE_LIMIT_MS);
    for (const part of waiting) await part.prepare?.();
    context.timeout(limitMs); // starts the test's time anew
  }

  async #steps(body: (test: AsyncTestBase) => unknown): Promise<void> {
    for (const part of this.#parts) await part.setUp?.(this);
    await this.setUp();
    await body(this);
    for (const part of this.#parts) await part.verify?.();
    await this.verify();
  }
}

function isDisposable(value: unknown): value is Disposable | AsyncDisposable {
  return typeof value === 'object' && value !== null && (Symbol.asyncDispose in value || Symbol.dispose in value);
}
