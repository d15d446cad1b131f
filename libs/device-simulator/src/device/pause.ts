import { setTimeout as after } from 'node:timers/promises';

/** Lets real time pass; rejects with the signal's reason when that comes first. The simulator waits nowhere else. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await after(milliseconds, undefined, { signal }).catch(() => signal.throwIfAborted());
}
