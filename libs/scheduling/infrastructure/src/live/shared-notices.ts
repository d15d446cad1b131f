import type { JobNotices } from '#scheduling/application';
import type { JobId } from '#scheduling/domain';

type Listener = { readonly wake: () => void; readonly id: JobId | null };

/** One connection that listens, for all feeds of this process, and only while there are any. */
export class SharedNotices {
  readonly #notices: JobNotices;
  readonly #failed: (error: unknown) => void;
  readonly #listeners = new Set<Listener>();
  #stop = new AbortController();

  constructor(notices: JobNotices, failed: (error: unknown) => void) {
    this.#notices = notices;
    this.#failed = failed;
  }

  /** Calls `wake` when something may have happened to a job, or to any when `id` is null, until `stop` aborts. */
  wakeOn(id: JobId | null, wake: () => void, stop: AbortSignal): void {
    const listener = { wake, id };
    this.#listeners.add(listener);
    stop.addEventListener('abort', () => this.#remove(listener), { once: true });
    if (this.#listeners.size > 1) return;
    this.#stop = new AbortController();
    const listening = this.#notices.listen((notice) => {
      for (const one of this.#listeners) if (one.id === null || one.id === notice.id) one.wake();
    }, this.#stop.signal);
    listening.catch(this.#failed);
  }

  #remove(listener: Listener): void {
    this.#listeners.delete(listener);
    if (this.#listeners.size === 0) this.#stop.abort(new Error('Nobody follows jobs any more.'));
  }
}
