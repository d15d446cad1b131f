import { isCancellation } from '#kernel';

/** What goes on in the device until a signal ends it. */
export class Running {
  readonly #running = new Set<Promise<void>>();
  readonly #defects: unknown[] = [];

  add(work: Promise<never>, signal: AbortSignal): void {
    const ended = work.catch((error: unknown) => {
      if (!isCancellation(error, signal)) this.#defects.push(error);
      this.#running.delete(ended);
    });
    this.#running.add(ended);
  }

  /** Resolves when all of it has ended; throws what ended for another reason than its signal. */
  async ended(): Promise<void> {
    await Promise.all(this.#running);
    if (this.#defects.length > 0) throw new AggregateError(this.#defects.splice(0), 'The simulated device failed.');
  }
}
