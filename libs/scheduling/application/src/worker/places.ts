import { abortable } from '#kernel';

/** A fixed number of places for work that goes on side by side. The work must not reject. */
export class Places {
  readonly #size: number;
  #taken = 0;
  #change = Promise.withResolvers<void>();

  constructor(size: number) {
    this.#size = size;
  }

  get free(): number {
    return this.#size - this.#taken;
  }

  /** Gives a place to `work` until it is over. */
  take(work: Promise<void>): void {
    this.#taken += 1;
    void work.finally(() => {
      this.#taken -= 1;
      this.#change.resolve();
      this.#change = Promise.withResolvers();
    });
  }

  /** Resolves once a place is free, or the signal has aborted. */
  async untilFree(signal: AbortSignal): Promise<void> {
    while (this.free === 0 && !signal.aborted) await abortable(this.#change.promise, signal).catch(() => undefined);
  }

  async untilEmpty(): Promise<void> {
    while (this.#taken > 0) await this.#change.promise;
  }
}
