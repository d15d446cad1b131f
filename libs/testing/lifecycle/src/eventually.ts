import { inspect } from 'node:util';
import { setTimeout as after } from 'node:timers/promises';

const POLL_MS = 10;

/** What a test waits for: `what` completes "waited for …", `probe` answers undefined, null or false until it is there. */
export type Awaited<T> = { readonly what: string; readonly probe: () => T | Promise<T>; readonly within?: number };
export type Present<T> = Exclude<T, undefined | null | false>;

/** Polls real things (processes, sockets, rows) until they are there, or fails with what it waited for and saw last. */
export async function eventually<T>(
  { what, probe, within = 5_000 }: Awaited<T>,
  signal: AbortSignal,
): Promise<Present<T>> {
  const giveUpAt = performance.now() + within;
  for (;;) {
    signal.throwIfAborted();
    const seen = await probe();
    if (seen !== undefined && seen !== null && seen !== false) return seen as Present<T>;
    if (performance.now() >= giveUpAt) {
      throw new Error(`Waited ${within} ms for ${what}; the last answer was ${inspect(seen)}.`);
    }
    await after(POLL_MS, undefined, { signal }).catch(() => {});
  }
}
