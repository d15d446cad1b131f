import { ok } from '#kernel';
import type { Handle } from './worker-under-test.ts';

/** A handler that ends when the test says so, or when it is asked to. */
export function pausedHandler() {
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const handle: Handle = async ({ id }, stop) => {
    begun.push(id);
    await new Promise<void>((resolve, reject) => {
      ends.push(resolve);
      stop.addEventListener('abort', () => reject(stop.reason), { once: true });
    });
    return ok('done');
  };
  return { begun, handle, endOne: () => ends.shift()?.() };
}
