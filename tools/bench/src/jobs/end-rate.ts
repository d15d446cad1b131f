import type { Ended } from './assignment.ts';

/** How many jobs end in a second, as workers tell it in reports of many; without the first ones, which find everything cold. */
export class EndRate {
  readonly #unmeasured: number;
  #ended = 0;
  #start: { readonly at: number; readonly ended: number } | null = null;
  #last = 0;

  constructor(unmeasured: number) {
    this.#unmeasured = unmeasured;
  }

  get ended(): number {
    return this.#ended;
  }

  add({ count, at }: Pick<Ended, 'count' | 'at'>): void {
    this.#ended += count;
    this.#last = Math.max(this.#last, at);
    // What ended together was told together: the time begins behind all of it.
    if (this.#ended >= this.#unmeasured) this.#start ??= { at: this.#last, ended: this.#ended };
  }

  perSecond(): number {
    if (this.#start === null || this.#last === this.#start.at) throw new Error('Nothing was measured.');
    return (1_000 * (this.#ended - this.#start.ended)) / (this.#last - this.#start.at);
  }
}
