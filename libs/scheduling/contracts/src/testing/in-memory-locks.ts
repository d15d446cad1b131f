import { abortable } from '#kernel';

/** What one transaction has and others wait for, by name, as rows and unique keys of a database do it. */
export class InMemoryLocks {
  readonly #locks = new Map<string, Lock>();

  /**
   * Waits, as long as the signal allows, until nobody but `owner` has the lock. Of several that have waited for the same end each
   * goes on: who wants the lock has to look with `isLocked` whether another has taken it by then, and lock it in the same breath.
   */
  async untilUnlocked(name: string, { signal, owner }: { signal: AbortSignal; owner?: object }): Promise<void> {
    for (let lock = this.#locks.get(name); lock && lock.owner !== owner; lock = this.#locks.get(name)) {
      await abortable(lock.gone, signal);
    }
  }

  /** Locks what nobody else has locked, and answers how to unlock it; an owner may do so again. Throws when another has it. */
  lock(name: string, owner: object): () => void {
    const known = this.#locks.get(name);
    if (known !== undefined && known.owner !== owner)
      throw new Error(`${name} is locked by another: wait until it is not.`);
    if (known !== undefined) return known.unlock;
    const { promise: gone, resolve } = Promise.withResolvers<void>();
    const unlock = (): void => {
      if (this.#locks.get(name)?.gone === gone) this.#locks.delete(name);
      resolve();
    };
    this.#locks.set(name, { owner, gone, unlock });
    return unlock;
  }

  isLocked(name: string, by: { readonly but?: object | undefined } = {}): boolean {
    const lock = this.#locks.get(name);
    return lock !== undefined && lock.owner !== by.but;
  }

  /** What becomes of all locks when the process dies whose transactions hold them. */
  unlockAll(): void {
    for (const { unlock } of [...this.#locks.values()]) unlock();
  }
}

type Lock = { readonly owner: object; readonly gone: Promise<void>; readonly unlock: () => void };
