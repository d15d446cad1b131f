/**
 * Time as it really passes. Taken when this file is loaded: a test may take over the global timers, and what limits the
 * test has to go on.
 */
const { setTimeout: start, clearTimeout: stop, performance } = globalThis;
const read = performance.now.bind(performance);

/** Milliseconds since the process began. */
export function realNow(): number {
  return read();
}

/** Calls `ring` once, unless it is disposed before. */
export function realTimer(milliseconds: number, ring: () => void): Disposable {
  const timer = start(ring, milliseconds);
  return { [Symbol.dispose]: () => stop(timer) };
}

/** Comes back when the time is over, or as soon as the signal aborts. */
export async function realPause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  using _timer = realTimer(milliseconds, resolve);
  const wake = (): void => resolve();
  signal.addEventListener('abort', wake, { once: true });
  await promise;
  signal.removeEventListener('abort', wake);
}
