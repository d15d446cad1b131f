import { isOn, noteFact, offTheBooks, realTime, realTimer, runningTest } from '#testing/runtime';
import { inFlight } from './in-flight.ts';

/** A test is told to stop this much before Mocha gives up on it, or a fifth of the limit where that is less. */
const LONGEST_MARGIN_MS = 200;
const PREPARE_MS = 60_000;

/**
 * Mocha's limit of one test, noticed a little earlier: `onTimeUp` is told first, and when nothing has ended by half the
 * margin `passed` rejects, with what the test waits for. Time for preparing and for clean-ups is not counted: Mocha's own
 * limit is left higher than it was, as Mocha fails a test that took longer although it waited. Who runs a test that fails
 * has to put it back, because a retry takes it over.
 */
export class TimeLimit implements Disposable {
  readonly #mocha: Pick<Mocha.Context, 'timeout'>;
  readonly #title: string;
  readonly #onTimeUp: (reason: Error) => void;
  readonly #passed = Promise.withResolvers<never>();
  readonly #beganAt = realTime.now();
  #limitMs: number;
  #timers: Disposable[] = [];

  constructor(mocha: Pick<Mocha.Context, 'timeout'>, title: string, onTimeUp: (reason: Error) => void) {
    this.#mocha = mocha;
    this.#title = title;
    this.#onTimeUp = onTimeUp;
    this.#limitMs = mocha.timeout();
    this.#passed.promise.catch(() => {});
  }

  get passed(): Promise<never> {
    return this.#passed.promise;
  }

  /** Lets `work` take its time before the limit begins. */
  async prepare(work: () => Promise<void>): Promise<void> {
    this.#tellMocha(PREPARE_MS);
    await work();
    this.#tellMocha(this.#limitMs);
  }

  /** Begins to count, or does so anew with another limit; 0 is none. */
  start(limitMs = this.#limitMs): void {
    this.#stop();
    this.#limitMs = limitMs;
    const test = runningTest();
    if (test !== undefined) test.stopsAt = undefined;
    if (limitMs === 0) return;
    const margin = Math.min(LONGEST_MARGIN_MS, limitMs / 5);
    const stopMs = Math.max(1, Math.round(limitMs - margin));
    if (test !== undefined) test.stopsAt = realTime.now() + stopMs;
    const reason = new Error(`The test was stopped after ${stopMs} ms.`);
    const giveUp = (): void => this.#passed.reject(isOn('time-limits') ? this.#ignored(reason) : reason);
    const stop = (): void => {
      this.#onTimeUp(reason);
      // Counted from here: after a moment in which the process did nothing both would ring at once.
      this.#timers.push(realTimer(margin / 2, giveUp));
    };
    this.#timers = [realTimer(stopMs, stop)];
  }

  /** The body is over, and clean-ups of at most this long follow. */
  leaveTime(cleanUpMs: number): void {
    this.#stop();
    this.#tellMocha(this.#elapsed() + cleanUpMs + LONGEST_MARGIN_MS);
  }

  [Symbol.dispose](): void {
    this.#stop();
  }

  #ignored(reason: Error): Error {
    noteFact({ topic: 'ignored cancellation', text: `"${this.#title}" went on after its signal had aborted` });
    const waiting = inFlight();
    const where = waiting.length > 0 ? waiting.join(', ') : 'nothing that went through a port or the kit';
    return new Error(
      `${reason.message} It did not end when its signal aborted; in flight: ${where}. Pass \`signal\` to what the test waits for.`,
    );
  }

  /** Has Mocha's own timer begin anew: it is no work of the test that virtual time would wait for. */
  #tellMocha(milliseconds: number): void {
    if (this.#limitMs > 0) offTheBooks(() => this.#mocha.timeout(milliseconds));
  }

  #elapsed(): number {
    return realTime.now() - this.#beganAt;
  }

  #stop(): void {
    for (const timer of this.#timers) timer[Symbol.dispose]();
  }
}
