import type { JobHandler } from '#scheduling/contracts';

/** What to ask the queue for in one claim. */
export type Helping = { readonly types: readonly string[]; readonly limit: number };

/**
 * Divides a worker's places where handlers want no more than a share of them, such as those that wait for somebody else's server: jobs that
 * hang must not keep the others from being begun.
 */
export class Shares {
  readonly #unlimited: readonly string[];
  readonly #limits: ReadonlyMap<string, number>;
  readonly #taken = new Map<string, number>();

  constructor(handlers: readonly JobHandler[], places: number) {
    const limited = handlers.filter(({ share = 1 }) => share < 1);
    this.#limits = new Map(limited.map(({ type, share = 1 }) => [type, Math.max(1, Math.floor(places * share))]));
    this.#unlimited = handlers.map(({ type }) => type).filter((type) => !this.#limits.has(type));
  }

  /** Types with a share come first, or those without could take every place from them; each is asked for by itself. */
  *helpings(free: () => number): Generator<Helping> {
    for (const [type, limit] of this.#limits) {
      const left = Math.min(limit - (this.#taken.get(type) ?? 0), free());
      if (left > 0) yield { types: [type], limit: left };
    }
    if (this.#unlimited.length > 0 && free() > 0) yield { types: this.#unlimited, limit: free() };
  }

  /** Counts a place of this type until `work` is over. */
  async take(type: string, work: Promise<void>): Promise<void> {
    this.#taken.set(type, (this.#taken.get(type) ?? 0) + 1);
    try {
      await work;
    } finally {
      this.#taken.set(type, (this.#taken.get(type) ?? 1) - 1);
    }
  }
}
