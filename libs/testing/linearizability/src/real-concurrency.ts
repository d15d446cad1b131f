import { realTime } from '#testing/runtime';
import { OutOfTime, type Failure, type Told, type Tries } from './tries.ts';

/** Lets the clients run as they come, so many times: what is seen depends on the machine. */
export class RealConcurrency implements Tries {
  readonly #runs: number;
  readonly #signal: AbortSignal;
  #ran = 0;

  /** Throws where `runs` leaves nothing to run. */
  constructor(runs: number, signal: AbortSignal) {
    if (!(runs >= 1)) throw new Error('No program would be run: let `runs` be 1 or more.');
    this.#runs = runs;
    this.#signal = signal;
  }

  async all(scenario: () => Promise<void>, until: number): Promise<Failure | undefined> {
    for (let run = 0; run < this.#runs && realTime.now() < until && !this.#signal.aborted; run += 1) {
      const error = await scenario().then(
        () => undefined,
        (thrown: unknown) => thrown ?? new Error('The program failed with nothing.'),
      );
      if (error !== undefined && this.#signal.aborted) throw new OutOfTime();
      this.#ran += 1;
      if (error !== undefined) return { error, steps: [], token: '' };
    }
    return undefined;
  }

  async again(scenario: () => Promise<void>, token: string): Promise<Failure | undefined> {
    if (token !== '') {
      throw new Error(
        `The history was seen in the order ${token}, and this test has no order: take \`controlled: false\` away.`,
      );
    }
    return this.all(scenario, Infinity);
  }

  told(): Told {
    const done = `${this.#ran} runs`;
    return { ran: this.#ran, done, uncontrolled: [`which of the clients came first, in ${done}`] };
  }
}
