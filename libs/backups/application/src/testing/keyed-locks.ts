import { abortable } from '#kernel';

/** Locks by name, given in the order they were asked for. */
export class KeyedLocks {
  readonly #ends = new Map<string, Promise<unknown>>();

  /** Waits for the lock; what it returns gives the lock back. */
  async acquire(key: string, signal: AbortSignal): Promise<() => void> {
    const before = this.#ends.get(key) ?? Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#ends.set(key, Promise.all([before, promise]));
    try {
      await abortable(before, signal);
    } catch (reason) {
      resolve();
      throw reason;
    }
    return resolve;
  }
}
