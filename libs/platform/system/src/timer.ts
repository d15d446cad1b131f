import { performance } from 'node:perf_hooks';
import { clearTimeout, setTimeout } from 'node:timers';

/** The longest delay Node's timers know; anything above it would fire at once. */
const LONGEST_DELAY = 2 ** 31 - 1;

/**
 * Calls `ring` once, never early, when the duration is over; disposing it before that makes sure that it is not called.
 *
 * Measured on the monotonic clock. A long duration is waited for in several legs, and so is the fraction of a
 * millisecond by which Node's timers are sometimes early.
 */
export class Timer implements Disposable {
  readonly #due: number;
  readonly #ring: () => void;
  #leg: NodeJS.Timeout | undefined;

  constructor(milliseconds: number, ring: () => void) {
    if (Number.isNaN(milliseconds)) throw new RangeError('A duration has to be a number of milliseconds.');
    this.#due = performance.now() + milliseconds;
    this.#ring = ring;
    this.#wait(milliseconds);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#leg);
  }

  #wait(milliseconds: number): void {
    this.#leg = setTimeout(() => this.#check(), Math.min(Math.ceil(milliseconds), LONGEST_DELAY));
  }

  #check(): void {
    const left = this.#due - performance.now();
    if (left > 0) this.#wait(left);
    else this.#ring();
  }
}
