import { Clock, DeadlineExceeded, type Deadline } from '../clock.ts';

type Alarm = { readonly at: number; readonly ring: () => void };

/** A clock that stands still until `advance`; sleeps and deadlines then end in the order of their time. */
export class ManualClock extends Clock {
  #now: number;
  readonly #alarms = new Set<Alarm>();

  constructor(start = new Date('2026-01-01T00:00:00.000Z')) {
    super();
    this.#now = start.getTime();
  }

  /** How many sleeps and deadlines are waiting for time to pass. */
  get waiting(): number {
    return this.#alarms.size;
  }

  /** Milliseconds until the next sleep or deadline ends; undefined when none is waiting. */
  get nextIn(): number | undefined {
    const next = this.#earliest(Infinity);
    return next && Math.max(0, next.at - this.#now);
  }

  now(): Date {
    return new Date(this.#now);
  }

  /** Lets time pass. Whatever is due rings in order, and what that sets up anew rings too if it falls inside the span. */
  async advance(milliseconds: number): Promise<void> {
    // Whoever is about to go to sleep does so before time passes.
    await settled();
    const end = this.#now + milliseconds;
    for (let next = this.#earliest(end); next !== undefined; next = this.#earliest(end)) {
      this.#now = Math.max(this.#now, next.at);
      this.#alarms.delete(next);
      next.ring();
      await settled();
    }
    this.#now = end;
    await settled();
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const cancel = this.#after(milliseconds, resolve);
    const onAbort = (): void => {
      cancel();
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    await promise.finally(() => signal?.removeEventListener('abort', onAbort));
  }

  deadline(milliseconds: number, parent?: AbortSignal): Deadline {
    const controller = new AbortController();
    const cancel = this.#after(milliseconds, () => controller.abort(new DeadlineExceeded(milliseconds)));
    const onParentAbort = (): void => controller.abort(parent?.reason);
    if (parent?.aborted === true) onParentAbort();
    parent?.addEventListener('abort', onParentAbort, { once: true });
    return {
      signal: controller.signal,
      [Symbol.dispose]: () => {
        cancel();
        parent?.removeEventListener('abort', onParentAbort);
      },
    };
  }

  #after(milliseconds: number, ring: () => void): () => void {
    const alarm = { at: this.#now + milliseconds, ring };
    this.#alarms.add(alarm);
    return () => this.#alarms.delete(alarm);
  }

  #earliest(end: number): Alarm | undefined {
    const due = [...this.#alarms].filter(({ at }) => at <= end);
    return due.sort((a, b) => a.at - b.at)[0];
  }
}

/** Lets every promise reaction that is already due run, those that follow from them included. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
