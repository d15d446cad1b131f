import { DeadlineExceeded, type Clock, type Deadline } from '#kernel';
import { Timer } from './timer.ts';

/** The machine's clock. A sleep or a deadline that is over leaves no timer, and no listener on the caller's signal. */
export class SystemClock implements Clock {
  now(): Date {
    return new Date();
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const onAbort = (): void => reject(signal?.reason);
    using _ = new Timer(milliseconds, resolve);
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      await promise;
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
  }

  deadline(milliseconds: number, parent?: AbortSignal): Deadline {
    const controller = new AbortController();
    const timer = new Timer(milliseconds, () => end(new DeadlineExceeded(milliseconds)));
    const onParentAbort = (): void => end(parent?.reason);
    const release = (): void => {
      timer[Symbol.dispose]();
      parent?.removeEventListener('abort', onParentAbort);
    };
    const end = (reason: unknown): void => {
      release();
      controller.abort(reason);
    };
    if (parent?.aborted === true) onParentAbort();
    else parent?.addEventListener('abort', onParentAbort, { once: true });
    return { signal: controller.signal, [Symbol.dispose]: release };
  }
}
