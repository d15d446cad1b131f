import { inFlight } from '#testing/lifecycle';
import { realTimer, realTime, runningTest } from '#testing/runtime';

/** One trial that never ends must leave time for the others. */
const SHARE = 1 / 6;

/** How long a trial that is told to stop may take to do so; Mocha's limit is not far then. */
const GRACE_MS = 50;

/** Milliseconds of real time for what a plan does in one trial: a sixth of what there is for all. Undefined where there is no limit. */
export function limitOfTrials(): number | undefined {
  const stopsAt = runningTest()?.stopsAt;
  return stopsAt === undefined ? undefined : Math.max(1, Math.round((stopsAt - realTime.now()) * SHARE));
}

/** Rejects where `work` has not settled by its limit in real time; `what` is asked then. The work itself goes on. */
export async function settledWithin<T>(
  milliseconds: number | undefined,
  { work, what }: { readonly work: Promise<T>; readonly what: () => string },
): Promise<T> {
  if (milliseconds === undefined) return work;
  const { promise: late, reject } = Promise.withResolvers<never>();
  using _limit = realTimer(milliseconds, () => {
    const waiting = inFlight();
    const where = waiting.length > 0 ? waiting.join(', ') : 'nothing that went through a port or the kit';
    reject(new Error(`${what()} did not come to its end within ${milliseconds} ms of real time; in flight: ${where}.`));
  });
  return await Promise.race([work, late]);
}

/** Comes back when `work` has settled, or a moment after `signal` has aborted. */
export async function settledOrStopped(work: Promise<unknown>, signal: AbortSignal): Promise<void> {
  const { promise: stopped, resolve } = Promise.withResolvers<void>();
  let grace: Disposable | undefined;
  const begin = (): void => void (grace = realTimer(GRACE_MS, resolve));
  if (signal.aborted) begin();
  else signal.addEventListener('abort', begin, { once: true });
  await Promise.race([Promise.allSettled([work]), stopped]);
  signal.removeEventListener('abort', begin);
  grace?.[Symbol.dispose]();
}
