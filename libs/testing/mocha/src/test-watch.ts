import { inTest, noteFact, realTurn, RunningTest, together, withoutKitFrames, type Detector } from '#testing/runtime';
import { isFollowedByHooks, isHook } from './watch-suite.ts';
import type { Watchdog } from './watchdog.ts';

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
    if (this.#runnables.get(test)?.isPending()) return; // it has skipped itself, and Mocha did not wait
    noteFact({ topic: 'ignored cancellation', text: `"${test.title}" was still running when Mocha went on` });
  }

  async run(runnable: Mocha.Runnable, work: (fail: (error: unknown) => void) => Promise<void>): Promise<void> {
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
    await inTest(test, () => this.#watch(test, () => work((error) => test.fail(error))));
  }

  async #watch(test: RunningTest, work: () => Promise<void>): Promise<void> {
    const errors = new Set<unknown>();
    const note = (error: unknown): void => void errors.add(error);
    for (const detector of this.#detectors) detector.testBegins?.(test);
    await Promise.race([work(), test.failure]).catch(note);
    test.finish();
    await realTurn(); // an unawaited rejection, and what is due now, are told only then
    for (const detector of this.#detectors) await (async () => detector.testEnds?.(test))().catch(note);
    for (const error of test.failures) note(error);
    test.end();
    if (errors.size > 0) throw together([...errors].map(shortened));
  }
}

function shortened(error: unknown): unknown {
  if (error instanceof Error && typeof error.stack === 'string' && Object.isExtensible(error)) {
    error.stack = withoutKitFrames(error.stack);
  }
  return error;
}
