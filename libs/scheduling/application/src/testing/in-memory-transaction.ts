import type { OpenTransaction } from '#kernel';

type Listener = (outcome: 'kept' | 'undone') => void;

/**
 * A transaction of in-memory stores: they write at once, and say what is to happen when it ends. Any context's in-memory
 * transaction can open one to hand to `InMemoryJobsWithin`.
 */
export class InMemoryTransaction {
  readonly #listeners: Listener[] = [];

  /** What a contract's `join` takes. */
  get open(): OpenTransaction {
    return this as unknown as OpenTransaction;
  }

  static of(open: OpenTransaction): InMemoryTransaction {
    return open as unknown as InMemoryTransaction;
  }

  onEnd(listener: Listener): void {
    this.#listeners.push(listener);
  }

  end(outcome: 'kept' | 'undone'): void {
    for (const listener of this.#listeners.toReversed()) listener(outcome);
  }
}
