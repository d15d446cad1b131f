import { abortable } from '#kernel';

/** A fixed number of places for work that goes on side by side. The work must not reject. */
export class Places {
  readonly #size: number;
  readonly #taken = new Set<Promise<void>>();
  #change = Promise.withResolvers<void>();

  constructor(size: number) {
    this.#size = size;
  }

  get free(): number {
    return this.#size - this.#taken.size;
  }

  /** Gives a place to `work` until it is over. */
  take(work: Promise<void>): void {
    const place = work.finally(() => {
      this.#taken.delete(place);
      this.#change.resolve();
      this.#change = Promise.withResolvers();
    });
    this.#taken.add(place);
  }

  /** Resolves once a place is free, or the signal has aborted. */
  async untilFree(signal: AbortSignal): Promise<void> {
    while (this.free === 0 && !signal.aborted) await abortable(this.#change.promise, signal).catch(() => undefined);
  }

  async untilEmpty(): Promise<void> {
    await Promise.all(this.#taken);
  }
}
