import { setTimeout as sleep } from 'node:timers/promises';

const PAUSE_MS = 50;

/** Asks again and again, until the answer is yes or the time is over. A question that fails is asked again. */
export async function until(
  withinMs: number,
  signal: AbortSignal,
  probe: () => Promise<boolean> | boolean,
): Promise<boolean> {
  const end = performance.now() + withinMs;
  for (;;) {
    signal.throwIfAborted();
    if (await Promise.resolve(probe()).catch(() => false)) return true;
    if (performance.now() > end) return false;
    await sleep(PAUSE_MS);
  }
}
