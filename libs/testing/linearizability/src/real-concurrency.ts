import { realTime } from '#testing/runtime';
import type { Failure, Tries } from './tries.ts';

/** Lets the clients run as they come, so many times: what is seen depends on the machine. */
export class RealConcurrency implements Tries {
  readonly #runs: number;
  readonly #signal: AbortSignal;
  #done = 0;

  constructor(runs: number, signal: AbortSignal) {
    this.#runs = runs;
    this.#signal = signal;
  }

  async all(scenario: () => Promise<void>, until: number): Promise<Failure | undefined> {
    for (let run = 0; run < this.#runs && realTime.now() < until && !this.#signal.aborted; run += 1) {
      this.#done += 1;
      const error = await scenario().then(
        () => undefined,
        (thrown: unknown) => thrown ?? new Error('The program failed with nothing.'),
      );
      if (error !== undefined) return { error, steps: [], token: '' };
    }
    return undefined;
  }

  again(scenario: () => Promise<void>): Promise<Failure | undefined> {
    return this.all(scenario, Infinity);
  }

  told(): ReturnType<Tries['told']> {
    const done = `${this.#done} runs`;
    return { done, uncontrolled: [`which of the clients came first, in ${done}`] };
  }
}
