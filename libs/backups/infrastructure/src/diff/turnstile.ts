import { abortable } from '#kernel';

/** Lets so many in at once; the others wait, first come, first served, as long as their signals allow. */
export class Turnstile {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(atOnce: number) {
    this.#free = atOnce;
  }

  /** Dispose what it returns to let the next one in. */
  async enter(signal: AbortSignal): Promise<Disposable> {
    if (this.#free > 0) this.#free -= 1;
    else await this.#queue(signal);
    return { [Symbol.dispose]: () => this.#leave() };
  }

  async #queue(signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push(resolve);
    try {
      await abortable(promise, signal);
    } catch (reason) {
      const place = this.#waiting.indexOf(resolve);
      // Whoever is let in and stops at the same moment hands the place on.
      if (place === -1) this.#leave();
      else this.#waiting.splice(place, 1);
      throw reason;
    }
  }

  #leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free += 1;
    else next();
  }
}
