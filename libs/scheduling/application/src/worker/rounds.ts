import { abortable, type Clock } from '#kernel';
import { retryDelay } from '#scheduling/domain';
import type { Randomness } from '../ports/randomness.ts';
import type { WorkerJournal } from '../ports/worker-journal.ts';

const backOff = { baseMs: 100, capMs: 5_000 };

export type RoundsParts = {
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly journal: WorkerJournal;
  /** How long the queue may take to answer. */
  readonly answerMs: number;
};

/** Talks to the queue again and again, and lives through the times when it does not answer. */
export class Rounds {
  readonly #parts: RoundsParts;

  constructor(parts: RoundsParts) {
    this.#parts = parts;
  }

  /**
   * Repeats `round` until `stop` aborts, resting as many milliseconds as each one answers; after one that threw, longer each
   * time. A round under way is not interrupted. Never rejects.
   */
  async repeat(doing: string, stop: AbortSignal, round: () => Promise<number>): Promise<void> {
    let failures = 0;
    while (!stop.aborted) {
      let restMs: number;
      try {
        restMs = await round();
        failures = 0;
      } catch (error) {
        failures += 1;
        restMs = this.#pauseAfter({ doing, error, failures });
      }
      await this.#rest(restMs, stop);
    }
  }

  /**
   * Makes `call` until it is answered, at least once. Throws its error when that is final, or when `until` has aborted: there
   * is no other call after the one that goes on meanwhile, and one last call when it aborts between two.
   */
  async insist<T>(
    { doing, until, isFinal }: { doing: string; until: AbortSignal; isFinal: (error: unknown) => boolean },
    call: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    for (let failures = 1; ; failures += 1) {
      try {
        return await this.ask(call);
      } catch (error) {
        if (until.aborted || isFinal(error)) throw error;
        await this.#rest(this.#pauseAfter({ doing, error, failures }), until);
      }
    }
  }

  /** Makes one call with a deadline. An answer that comes in spite of the abort still counts: it says what was claimed. */
  async ask<T>(call: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { clock, answerMs } = this.#parts;
    using deadline = clock.deadline(answerMs);
    using hopeless = clock.deadline(answerMs * 2);
    return await abortable(call(deadline.signal), hopeless.signal);
  }

  #pauseAfter({ doing, error, failures }: { doing: string; error: unknown; failures: number }): number {
    const { randomness, journal } = this.#parts;
    const retryInMs = retryDelay(backOff, { failures, random: randomness.fraction() });
    journal.record({ kind: 'QueueFailed', doing, error, retryInMs });
    return retryInMs;
  }

  async #rest(milliseconds: number, stop: AbortSignal): Promise<void> {
    if (milliseconds > 0) await this.#parts.clock.sleep(milliseconds, stop).catch(() => undefined);
  }
}
