import type { Clock } from '#kernel';
import { types } from 'node:util';
import type { Interceptor, PortCall } from './port-call.ts';
import { signalIn, untilAborted } from './signal-in.ts';

type About = {
  readonly what: string;
  readonly meets: (call: PortCall) => boolean;
  readonly clock: Pick<Clock, 'sleep'>;
};

/**
 * A statement about calls of one method: `script(Devices, 'insert').failsAfterEffect(new ConnectionLost())` is about each
 * of them, `script(Devices, 'insert').onCall(2).hangsUntilAborted()` about one, counted from the statement on.
 *
 * A call that is made to fail rejects. It throws only where the adapter's method is known to answer at once, because it has
 * answered a call of this test before, and never with a promise: nothing else tells the two apart.
 */
export class Script {
  readonly #about: About;
  #only: number | undefined;
  #isNext = false;
  #met = 0;
  #effect: { readonly does: string; readonly intercept: Interceptor } | undefined;

  constructor(about: About) {
    this.#about = about;
  }

  /** Only the next call; of several such statements the second is about the call after that, and so on. */
  onNextCall(): this {
    this.#isNext = true;
    return this.onCall(1);
  }

  /** Whether it waits for the next call, which those made before it have first. */
  get awaitsNext(): boolean {
    return this.#isNext && !this.isMet;
  }

  /** Only the call of this number; the first from now on is 1. */
  onCall(number: number): this {
    this.#only = number;
    return this;
  }

  /** The call fails, and the adapter does not hear of it: the connection could not be made. */
  failsBeforeEffect(error: Error): void {
    this.#does('fails before its effect', () => {
      throw error;
    });
  }

  /** The adapter does what it is asked, and its answer is lost on the way. */
  failsAfterEffect(error: Error): void {
    this.#does('fails after its effect', (_, proceed) => {
      const answer = proceed();
      if (!types.isPromise(answer)) throw error;
      return answer.then(() => {
        throw error;
      });
    });
  }

  /**
   * The adapter does not hear of the call, and no answer comes until a signal aborts that is an argument, or the member
   * `signal` of the last one: then the call rejects with its reason. Without a signal it hangs for good.
   */
  hangsUntilAborted(): void {
    this.#does('hangs until it is aborted', ({ args }) => untilAborted(signalIn(args)));
  }

  /** The adapter does what it is asked at once; the answer comes when the test's clock has moved on by so much. */
  answersLate(milliseconds: number): void {
    this.#answersAfter(`answers ${milliseconds} ms late`, (signal) => this.#about.clock.sleep(milliseconds, signal));
  }

  /** The adapter does what it is asked at once; the answer comes when the test opens the gate. */
  answersBehind(gate: { passed(signal?: AbortSignal): Promise<void> }): void {
    this.#answersAfter('answers behind a gate', (signal) => gate.passed(signal));
  }

  /** The adapter gets the call twice, one after the other, as from a network that repeats; the second answer is given. */
  answersTwice(): void {
    this.#does('is delivered twice', (_, proceed) => {
      const first = proceed();
      return types.isPromise(first) ? first.then(proceed, proceed) : proceed();
    });
  }

  get isMet(): boolean {
    return this.#only === undefined ? this.#met > 0 : this.#met >= this.#only;
  }

  /** Whether it is about such a call. */
  meets(call: PortCall): boolean {
    return this.#effect !== undefined && this.#about.meets(call);
  }

  /** Counts the call if it is meant, and says what becomes of it. */
  effectOn(call: PortCall): Interceptor | undefined {
    if (this.#effect === undefined || !this.meets(call)) return undefined;
    this.#met += 1;
    return this.#only === undefined || this.#met === this.#only ? this.#effect.intercept : undefined;
  }

  toString(): string {
    const which = this.#only === undefined ? '' : ` (call ${this.#only})`;
    return `${this.#about.what} ${this.#effect?.does ?? 'has no script yet: say what it does'}${which}`;
  }

  #does(does: string, intercept: Interceptor): void {
    this.#effect = { does, intercept };
  }

  #answersAfter(does: string, wait: (signal: AbortSignal | undefined) => Promise<void>): void {
    this.#does(does, ({ args, what }, proceed) => {
      const answer = proceed();
      if (!types.isPromise(answer)) throw new Error(`${what} answers at once, so that its answer cannot be late.`);
      const signal = signalIn(args);
      return answerAfter(answer, wait(signal), signal);
    });
  }
}

async function answerAfter(answer: Promise<unknown>, wait: Promise<void>, signal?: AbortSignal): Promise<unknown> {
  const [outcome, waited] = await Promise.allSettled([answer, wait]);
  signal?.throwIfAborted();
  if (waited.status === 'rejected') throw waited.reason;
  if (outcome.status === 'rejected') throw outcome.reason;
  return outcome.value;
}
