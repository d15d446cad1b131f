import { callSite, isSkip, runningTest, together, type RunningTest } from '#testing/runtime';
import { VirtualClock } from '#testing/time';
import { bindMethods } from './bind-methods.ts';
import { isComplete, type Completing } from './completion.ts';
import { asCurrentTest, currentTest } from './current-test.ts';
import { eventually, type Awaited, type Present } from './eventually.ts';
import { fixtureOf, type Fixture } from './fixture.ts';
import { limited, type Limited } from './limited.ts';
import { nameIn } from './name-in.ts';
import type { Part } from './part.ts';
import { poll, type Pace } from './polling.ts';
import { TestScope, type CleanUp, type StepLimit } from './test-scope.ts';
import { TimeLimit } from './time-limit.ts';
import { runTrial, TrialStopped, type Trials } from './trials.ts';
import { unwatched } from './unwatched.ts';

/** A class of tests, ready to be used in `it`. Every test gets an object of its own, and Mocha's context as `this`. */
export type InstalledTest<T> = {
  test(body: (this: Mocha.Context, test: T) => unknown): Mocha.AsyncFunc;
  /** For the suite of a contract: each of its tests is one of this class, and gets its subject from it. */
  opens<S>(make: (test: T) => S): Opener<S>;
  /**
   * A test of Mocha's that tries the same under many circumstances, which `driver` brings about: each trial has an object of
   * this class, parts, clean-ups and detectors of its own. `within` milliseconds of real time are for all of them together.
   */
  trials(driver: (trials: Trials<T>) => Promise<void>, limit: { readonly within: number }): Mocha.AsyncFunc;
};

export type Opener<S> = (() => S) & { readonly around: (body: Mocha.AsyncFunc) => Mocha.AsyncFunc };

/**
 * What a test of asynchronous code needs, new for every test. Extend it to add helpers, then
 * `const t = BackupTest.install()` and `it('…', t.test(async ({ clock, use }) => { … }))`. Methods and fields of the class
 * can be taken out of the object like that.
 *
 * `signal` aborts shortly before Mocha's time limit, and when something fails that nobody waits for: pass it to what the
 * test calls. A body that does not end by the limit fails as such, with what it waits for, and its clean-ups run all the
 * same. Where the test ends by itself, `signal` aborts behind the last clean-up, so that work it has started ends with it.
 */
export class AsyncTestBase {
  readonly #scope = new TestScope();
  readonly #parts: Part[] = [];
  readonly clock = new VirtualClock();
  readonly signal: AbortSignal = this.#scope.signal;

  /** How many milliseconds a clean-up may take, and an operation to end when its signal aborts. */
  protected readonly cleanUpLimitMs: number = 5_000;
  protected readonly graceMs: number = 500;

  /** Hands a resource to the test; it is disposed at the end, newest first, within its time limit. */
  use<R extends Disposable | AsyncDisposable>(opening: R | Promise<R>, limit?: StepLimit): Promise<R> {
    return this.#scope.use(opening, limit);
  }

  /**
   * Runs at the end of the test, whatever happened before, and is told how the test went. `what` names it where it fails.
   * Behind the end it is run at once, and this throws.
   */
  defer(run: CleanUp, what?: string, limit?: StepLimit): void {
    const name = what ?? run.name;
    // Most clean-ups have a name, and the line costs more than everything else here.
    const site = name === '' ? callSite() : undefined;
    this.#scope.defer(run, () => name || `the clean-up that was deferred at ${String(site)}`, limit);
  }

  /** Waits in real time for something real to come about; see {@link Awaited}. */
  eventually<T>(awaited: Awaited<T>): Promise<Present<T>> {
    return eventually(awaited, this.signal);
  }

  /**
   * Lets the time of the test's clock pass until something has come to its end, and fails at once when that is another end.
   * What no virtual time can bring about is waited for by `eventually`.
   */
  completion<T, D extends T = T>({ within = 60_000, ...awaited }: Completing<T, D>): Promise<D> {
    const pace: Pace = {
      // Soon at first, so that what takes seconds is not rounded to minutes; rarely later, so that hours are a few looks.
      interval: (looks) => Math.min(10 * 2 ** looks, 10_000),
      now: () => this.clock.now().getTime(),
      pause: (milliseconds: number) => this.clock.sleep(milliseconds, this.signal).catch(() => {}),
      timer: (milliseconds, ring) => {
        const stop = new AbortController();
        this.clock.sleep(milliseconds, stop.signal).then(ring, () => {});
        return { [Symbol.dispose]: () => stop.abort() };
      },
    };
    const judge = (state: T | undefined | null): { found: boolean } => ({ found: isComplete(awaited, state) });
    return this.clock.runUntil(() => poll({ ...awaited, within, judge }, pace, this.signal)) as Promise<D>;
  }

  /**
   * Runs an operation with a limit on the test's clock, whose time passes meanwhile, and tells how it ended: done, timed
   * out when its signal aborted, or going on although it did.
   */
  limit<T>(milliseconds: number, operation: (signal: AbortSignal) => Promise<T>): Promise<Limited<T>> {
    const { clock, signal, graceMs } = this;
    return limited(milliseconds, operation, { clock, signal, graceMs });
  }

  /** Makes a part belong to every test of this class: `readonly database = this.part(new TestDatabase(schema))`. */
  protected part<P extends Part>(part: P): P {
    this.#parts.push(part);
    return part;
  }

  /**
   * Something that a test may ask for, made by the first who asks and once a test:
   * `readonly device = this.fixture(() => this.register(…))`, then `await device()`. Fixtures may ask for each other; a
   * disposable one is handed to `use`.
   */
  protected fixture<F>(make: () => F | Promise<F>): Fixture<F> {
    return fixtureOf(make, {
      nameOf: (fixture) => nameIn(this, fixture),
      own: (resource) => this.use(resource),
    });
  }

  /**
   * Lets the process of the application die and start again: what the container has built and whatever is held in memory and on
   * connections is gone, the fields of the test and the rows in the database stay. Calls that were open never come back.
   */
  async crash(): Promise<void> {
    for (const part of this.#parts) await part.crash?.();
  }

  /** Called before a race: throws when one of the test's parts could not show it; see {@link Part}. */
  async proveRaces(racers: number): Promise<void> {
    for (const part of this.#parts) await part.proveRaces?.(racers);
  }

  /** Prepares the test before its body, when its parts are there; what it opens it hands to `use` or `defer`. */
  protected setUp(): void | Promise<void> {}

  /** Ends the test before its clean-ups: the place for checks that every test has to pass. */
  protected verify(): void | Promise<void> {}

  static install<T extends AsyncTestBase>(this: new () => T): InstalledTest<T> {
    const Test = this;
    const testWith: InstalledTest<T>['test'] = (body) =>
      async function (this: Mocha.Context) {
        const run = async (owner: RunningTest): Promise<void> => {
          const test = new Test();
          bindMethods(test, AsyncTestBase);
          await asCurrentTest(test, () => test.#run(this, owner, body as Body));
        };
        const watched = runningTest();
        await (watched === undefined ? unwatched(this, run) : run(watched));
      };
    const opens: InstalledTest<T>['opens'] = (make) => {
      const open = (): ReturnType<typeof make> => {
        const current = currentTest();
        if (!(current instanceof Test))
          throw new Error('This is opened inside the tests of a contract, not in hooks or around them.');
        return make(current);
      };
      const around = (body: Mocha.AsyncFunc): Mocha.AsyncFunc =>
        testWith(function () {
          return body.call(this);
        });
      return Object.assign(open, { around });
    };
    const trials: InstalledTest<T>['trials'] = (driver, { within }) =>
      async function (this: Mocha.Context) {
        this.timeout(within);
        const run = async (owner: RunningTest): Promise<void> => {
          const stop = new AbortController();
          using limit = new TimeLimit(this, owner.title, (reason) => stop.abort(reason));
          limit.start();
          const trial = (body: (test: T) => unknown): Promise<void> => {
            const test = new Test();
            bindMethods(test, AsyncTestBase);
            return runTrial(owner, (one) => asCurrentTest(test, () => test.#try(one, stop.signal, body as Body)));
          };
          const { title, file } = owner;
          await Promise.race([driver({ title, file, signal: stop.signal, run: trial }), limit.passed]);
        };
        const watched = runningTest();
        await (watched === undefined ? unwatched(this, run) : run(watched));
      };
    return { test: testWith, opens, trials };
  }

  async #run(context: Mocha.Context, owner: RunningTest, body: Body): Promise<void> {
    const stop = (reason: unknown): void => this.#scope.abort(reason);
    using limit = new TimeLimit(context, owner.title, stop);
    owner.failure.catch(stop);
    const errors: unknown[] = [];
    const note = (error: unknown): void => void errors.push(error);

    if (this.#parts.some(({ prepare }) => prepare)) await limit.prepare(() => this.#prepare()).catch(note);
    if (errors.length === 0) {
      limit.start();
      await Promise.race([this.#steps(() => body.call(contextOf(context, limit), this)), limit.passed]).catch(note);
    }
    limit.leaveTime(this.#scope.longestClose(this.cleanUpLimitMs));
    const failures = [...errors, ...owner.failures].filter((error) => !isSkip(error));
    await this.#scope.close({ failed: failures.length > 0, error: failures[0] }, this.cleanUpLimitMs).catch(note);

    if (errors.length > 0) throw together(errors, 'The test failed, and so did its clean-up');
  }

  /** As {@link #run}, for one of many: the limit is that of all of them. */
  async #try(owner: RunningTest, stop: AbortSignal, body: Body): Promise<void> {
    const abort = (reason: unknown): void => this.#scope.abort(reason);
    const onStop = (): void => abort(stop.reason);
    stop.addEventListener('abort', onStop, { once: true });
    owner.failure.catch(abort);
    const errors: unknown[] = [];
    const note = (error: unknown): void => void errors.push(error);
    await this.#prepare()
      .then(() => this.#steps(() => body.call({} as Mocha.Context, this)))
      .catch(note);
    stop.removeEventListener('abort', onStop);
    const failures = [...errors, ...owner.failures].filter((error) => !(error instanceof TrialStopped));
    await this.#scope.close({ failed: failures.length > 0, error: failures[0] }, this.cleanUpLimitMs).catch(note);
    if (errors.length > 0) throw together(errors, 'The trial failed, and so did its clean-up');
  }

  async #prepare(): Promise<void> {
    for (const part of this.#parts) await part.prepare?.();
  }

  async #steps(body: () => unknown): Promise<void> {
    for (const part of this.#parts) await part.setUp?.(this);
    await this.setUp();
    await body();
    for (const part of this.#parts) await part.verify?.();
    await this.verify();
  }
}

type Body = (this: Mocha.Context, test: AsyncTestBase) => unknown;

/** Mocha's context, whose `timeout` also moves the limit of the test. */
function contextOf(context: Mocha.Context, limit: TimeLimit): Mocha.Context {
  return Object.create(context, {
    timeout: {
      value: (milliseconds?: number) => {
        if (milliseconds === undefined) return context.timeout();
        context.timeout(milliseconds);
        limit.start(milliseconds);
        return context;
      },
    },
  }) as Mocha.Context;
}
