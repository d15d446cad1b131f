import {
  inTest,
  noteFact,
  offTheBooks,
  realTime,
  realTimer,
  realTurn,
  RunningTest,
  together,
  withoutKitFrames,
  type Detector,
} from '#testing/runtime';
import { isFollowedByHooks, isHook } from './watch-suite.ts';
import type { Watchdog } from './watchdog.ts';

/** How long a body without a limit goes on, in milliseconds, when something that it started has failed. */
const PATIENCE_MS = 2_000;

/** The longest that detectors may take, in milliseconds. */
const JUDGING_MS = 2_000;

/** Runs one test or hook after the other as a {@link RunningTest}, under the eyes of the detectors. */
export class TestWatch {
  readonly #detectors: readonly Detector[];
  readonly #watchdog: Pick<Watchdog, 'guard'>;
  readonly #runnables = new WeakMap<RunningTest, Mocha.Runnable>();
  #current: RunningTest | undefined;

  constructor(detectors: readonly Detector[], watchdog: Pick<Watchdog, 'guard'>) {
    this.#detectors = detectors;
    this.#watchdog = watchdog;
  }

  get current(): RunningTest | undefined {
    return this.#current;
  }

  runnableOf(test: RunningTest): Mocha.Runnable | undefined {
    return this.#runnables.get(test);
  }

  /** Mocha has gone on: whatever the test still does, it does behind its end. */
  leave(): void {
    const test = this.#current;
    this.#current = undefined;
    if (test === undefined || test.isJudged) return;
    test.end();
    for (const error of test.failures) test.fail(error); // Mocha has said no more than that it took too long
    if (this.#runnables.get(test)?.isPending()) return; // it has skipped itself, and Mocha did not wait
    noteFact({ topic: 'ignored cancellation', text: `"${test.title}" was still running when Mocha went on` });
  }

  async run(runnable: Mocha.Runnable, work: (test: RunningTest) => Promise<void>): Promise<void> {
    this.leave();
    const test = new RunningTest({
      title: runnable.fullTitle(),
      file: runnable.file,
      isHook: isHook(runnable),
      isFollowedByHooks: isFollowedByHooks(runnable),
    });
    this.#current = test;
    this.#runnables.set(test, runnable);
    using _ = this.#watchdog.guard(runnable);
    const limitMs = runnable.timeout();
    await inTest(test, () => this.#watch(test, runnable, work)).catch((error: unknown) => {
      // A retry takes it over. Where Mocha waits no more, its timer would begin anew.
      if (this.#current === test && !runnable.isPending()) offTheBooks(() => runnable.timeout(limitMs));
      throw error;
    });
  }

  async #watch(test: RunningTest, runnable: Mocha.Runnable, work: (test: RunningTest) => Promise<void>): Promise<void> {
    const errors = new Set<unknown>();
    const note = (error: unknown): void => void errors.add(error);
    for (const detector of this.#detectors) detector.testBegins?.(test);
    await toItsEnd(work(test).catch(note), test, runnable);
    test.finish();
    await realTurn(); // an unawaited rejection, and what is due now, are told only then
    await this.#judge(test, runnable, note);
    for (const error of test.failures) note(error);
    test.end();
    if (errors.size > 0) throw together([...errors].map(shortened));
  }

  /** Mocha counts what detectors take as the test's time, so its limit is as much longer. */
  async #judge(test: RunningTest, runnable: Mocha.Runnable, note: (error: unknown) => void): Promise<void> {
    const limit = runnable.timeout();
    const begun = realTime.now();
    const extend = (milliseconds: number): void => {
      if (limit > 0 && !test.isJudged) offTheBooks(() => runnable.timeout(limit + milliseconds));
    };
    extend(JUDGING_MS);
    for (const detector of this.#detectors) await (async () => detector.testEnds?.(test))().catch(note);
    extend(Math.floor(realTime.now() - begun));
  }
}

/**
 * A body goes on to its end, and through its clean-ups, also where something that it started has failed: the next test
 * would meet it. Mocha's limit is there for a body that does not end.
 */
async function toItsEnd(work: Promise<void>, test: RunningTest, runnable: Mocha.Runnable): Promise<void> {
  const { promise: gaveUp, resolve: giveUp } = Promise.withResolvers<void>();
  let patience: Disposable | undefined;
  test.failure.catch(() => {
    if (runnable.timeout() === 0 && !test.isOver) patience = realTimer(PATIENCE_MS, giveUp);
  });
  await Promise.race([work, gaveUp]);
  patience?.[Symbol.dispose]();
}

function shortened(error: unknown): unknown {
  if (error instanceof Error && typeof error.stack === 'string' && Object.isExtensible(error)) {
    error.stack = withoutKitFrames(error.stack);
  }
  return error;
}
