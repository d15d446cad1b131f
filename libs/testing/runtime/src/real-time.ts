import { offTheBooks } from './watch-resources.ts';

/**
 * Node's own timers and clock, taken when the kit is loaded: the kit's limits go on in real time while a test has taken
 * over the global ones. A named import from `node:timers` would not do, as it follows whatever stands in for the original.
 */
export const realTime = {
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
  setImmediate: globalThis.setImmediate,
  /** Milliseconds on a clock that never jumps. */
  now: performance.now.bind(performance),
};

/** Comes back in the next turn of the event loop. */
export function realTurn(): Promise<void> {
  return new Promise((resolve) => void realTime.setImmediate(resolve));
}

/** Calls `ring` once, unless it is disposed before. It is a limit: virtual time does not wait for it. */
export function realTimer(milliseconds: number, ring: () => void): Disposable {
  const timer = offTheBooks(() => realTime.setTimeout(ring, milliseconds));
  return { [Symbol.dispose]: () => realTime.clearTimeout(timer) };
}

/** Comes back when the real time is over, or as soon as the signal aborts. Virtual time waits for it. */
export async function realPause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = realTime.setTimeout(resolve, milliseconds);
  const wake = (): void => resolve();
  signal?.addEventListener('abort', wake, { once: true });
  await promise;
  signal?.removeEventListener('abort', wake);
  realTime.clearTimeout(timer);
}
