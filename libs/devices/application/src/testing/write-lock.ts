import { abortable } from '#kernel';

/** Lets one transaction write at a time, in the order they asked. */
export class WriteLock {
  #last: Promise<void> = Promise.resolve();

  /** Resolves, with what gives the lock back, when everyone before has done so; rejects on abort and gives up the place. */
  async acquire(signal: AbortSignal): Promise<() => void> {
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const before = this.#last;
    this.#last = before.then(() => released);
    await abortable(before, signal).catch((reason: unknown) => {
      release();
      throw reason;
    });
    return release;
  }
}
