import { AsyncLocalStorage } from 'node:async_hooks';
import { writeSync } from 'node:fs';
import { inspect } from 'node:util';

const storage = new AsyncLocalStorage<RunningTest>();

/** What a test, or a hook, is blamed for after it has ended. */
export type LateFailure = {
  readonly test: RunningTest;
  readonly error: unknown;
};

type AboutTest = Pick<RunningTest, 'title'> & Partial<Pick<RunningTest, 'file' | 'isHook' | 'isFollowedByHooks'>>;

/**
 * One test or hook, as everything that it starts knows it: whatever happens in its asynchronous context, during the test
 * or long after, is attributed to it. Context follows `await`, promises, timers, events of handles opened in the test and
 * everything else that `AsyncLocalStorage` follows; it is lost where a library queues work by itself and calls back from
 * elsewhere.
 */
export class RunningTest {
  readonly title: string;
  readonly file: string | undefined;
  /** A hook is over when its function is, and what it has started goes on serving tests. */
  readonly isHook: boolean;
  /** Whether hooks of Mocha run later that may clean up what this opened: always so for a hook. */
  readonly isFollowedByHooks: boolean;
  /** When it is told to stop, on the clock of `realTime`; undefined where it has no limit. */
  stopsAt: number | undefined;
  readonly #failure = Promise.withResolvers<never>();
  readonly #failures: unknown[] = [];
  #state: 'running' | 'done' | 'judged' = 'running';

  constructor({ title, file, isHook = false, isFollowedByHooks = isHook }: AboutTest) {
    this.title = title;
    this.file = file;
    this.isHook = isHook;
    this.isFollowedByHooks = isFollowedByHooks;
    this.#failure.promise.catch(() => {});
  }

  /** Its body and clean-ups are done: whatever it does now, it does too late. */
  get isOver(): boolean {
    return this.#state !== 'running';
  }

  /** Nobody can fail it any more: what fails now fails the run. Detectors judge it between its being over and this. */
  get isJudged(): boolean {
    return this.#state === 'judged';
  }

  /** Rejects with the first failure that was reported while the test ran; otherwise it never settles. */
  get failure(): Promise<never> {
    return this.#failure.promise;
  }

  /** All that was reported while the test ran, in that order. */
  get failures(): readonly unknown[] {
    return this.#failures;
  }

  /** Fails the test until it is judged, and from then on the run, by the name of this test. */
  fail(error: unknown): void {
    if (this.isJudged) {
      (lateListeners.at(-1) ?? sayAtLeast)({ test: this, error });
    } else {
      this.#failures.push(error);
      this.#failure.reject(error);
    }
  }

  /** From now on the test has no business any more, but may still be failed. Can be called again. */
  finish(): void {
    if (this.#state === 'running') this.#state = 'done';
  }

  /** From now on it is neither running nor judged. Can be called again. */
  end(): void {
    this.#state = 'judged';
  }
}

const lateListeners: ((failure: LateFailure) => void)[] = [];

/** Without the plugin for Mocha no run can fail for it any more. */
function sayAtLeast({ test, error }: LateFailure): void {
  const uncounted = 'No run fails for it, because the plugin for Mocha is not loaded.';
  writeSync(2, `\n"${test.title}" failed after it had ended. ${uncounted}\n${inspect(error)}\n`);
}

/**
 * Calls `listener` with every failure that is reported of a test that has ended. The newest one alone is called, until it is
 * disposed: each of them is answerable for what it is told.
 */
export function onLateFailure(listener: (failure: LateFailure) => void): Disposable {
  lateListeners.push(listener);
  return { [Symbol.dispose]: () => void lateListeners.splice(lateListeners.indexOf(listener), 1) };
}

/** The test in whose asynchronous context this is called; undefined outside of all tests, or where context was lost. */
export function runningTest(): RunningTest | undefined {
  return storage.getStore();
}

/** Calls `work` in the context of `test`. */
export function inTest<T>(test: RunningTest, work: () => T): T {
  return storage.run(test, work);
}

/** Calls `work` in no test's context: for what a process keeps for all of its tests, such as a server or a pool. */
export function outsideTests<T>(work: () => T): T {
  return storage.exit(work);
}
