import { scheduler, setTimeout as promisedTimeout } from 'node:timers/promises';

/** What a substitute for a timer needs. */
export type TimerPort = { after(milliseconds: number, ring: () => void): void };

/** Puts substitutes where the library that stands in for the global timers leaves the real ones. */
export function coverTheRest(timers: TimerPort): void {
  AbortSignal.timeout = (milliseconds) => {
    const controller = new AbortController();
    const reason = new DOMException('The operation was aborted due to timeout', 'TimeoutError');
    timers.after(milliseconds, () => controller.abort(reason));
    return controller.signal;
  };
  // The import follows whatever stands in for the original at the moment of the call.
  scheduler.wait = (delay, options) => promisedTimeout(delay, undefined, options);
  const waitAsync = Atomics.waitAsync;
  Object.defineProperty(Atomics, 'waitAsync', {
    configurable: true,
    writable: true,
    value: (...[array, index, value, timeoutMs]: Parameters<typeof waitAsync>) => {
      if (timeoutMs === undefined || timeoutMs === Infinity) return waitAsync(array, index, value);
      throw new Error(
        'Atomics.waitAsync keeps its time limit inside the engine, where no virtual time reaches it. ' +
          'Wait without a limit and race it against a timer, or do not take over the global timers in this test.',
      );
    },
  });
}
