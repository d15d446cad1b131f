import { offTheBooks } from '#testing/runtime';
import { realTime } from '#testing/time';

/** Milliseconds of real time, whatever a test has taken over. */
export const realNow = realTime.now;

/** Calls `ring` once, unless it is disposed before. It is a limit: virtual time does not wait for it. */
export function realTimer(milliseconds: number, ring: () => void): Disposable {
  const timer = offTheBooks(() => realTime.setTimeout(ring, milliseconds));
  return { [Symbol.dispose]: () => realTime.clearTimeout(timer) };
}

/** Comes back when the real time is over, or as soon as the signal aborts. Virtual time waits for it. */
export async function realPause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = realTime.setTimeout(resolve, milliseconds);
  const wake = (): void => resolve();
  signal.addEventListener('abort', wake, { once: true });
  await promise;
  signal.removeEventListener('abort', wake);
  realTime.clearTimeout(timer);
}
