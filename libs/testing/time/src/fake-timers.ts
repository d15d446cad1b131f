import { AsyncLocalStorage } from 'node:async_hooks';
import { createRequire } from 'node:module';
import type * as Library from '@sinonjs/fake-timers';
import { callSite, realTime, type CallSite } from '#testing/runtime';

const require = createRequire(import.meta.url);

type Timer = { hasRef(): boolean; [Symbol.toPrimitive](): number };
type Noted = { readonly timer: Timer; readonly what: string; readonly site: CallSite };
type Methods = {
  [name in 'setTimeout' | 'setInterval']: (ring: () => void, milliseconds?: number, ...given: unknown[]) => Timer;
} & { [name in 'clearTimeout' | 'clearInterval']: (timer: unknown) => void };

/** The library that stands in for the global timers, in the place of the real ones from construction to `uninstall`. */
export class FakeTimers {
  readonly #clock: Library.Clock;
  readonly #noted: Noted[] = [];
  readonly #setUnnoted: Methods['setTimeout'];

  constructor(start = new Date('2026-01-01T00:00:00.000Z')) {
    // Loaded when it is needed: most specs never do.
    const { install } = require('@sinonjs/fake-timers') as typeof Library;
    this.#clock = install({
      now: start,
      toFake: [
        'setTimeout',
        'clearTimeout',
        'setInterval',
        'clearInterval',
        'Date',
        'Intl',
        'hrtime',
        'performance',
        ...('Temporal' in globalThis ? (['Temporal'] as const) : []),
      ],
    });
    const methods = this.#clock as unknown as Methods;
    const { setTimeout: set } = methods;
    this.#setUnnoted = (ring, ...rest) => set.call(this.#clock, ring, ...rest);
    for (const name of ['setTimeout', 'setInterval'] as const) methods[name] = this.#noting(name, methods[name]);
    for (const name of ['clearTimeout', 'clearInterval'] as const) methods[name] = clearingRealOnesToo(methods[name]);
  }

  get now(): number {
    return this.#clock.now;
  }

  get waiting(): number {
    return this.#clock.countTimers();
  }

  /** Milliseconds until the next timer rings; undefined when none is set. */
  get nextIn(): number | undefined {
    const due = [...(this.#clock.timers?.values() ?? [])].map(({ callAt = this.now }) => callAt);
    return due.length === 0 ? undefined : Math.max(0, Math.min(...due) - this.now);
  }

  ringNext(): void {
    this.#clock.next();
  }

  moveTo(moment: number): void {
    this.#clock.tick(moment - this.now);
  }

  /** Sets a timer that may be left over, because nobody could clear it. */
  after(milliseconds: number, ring: () => void): void {
    this.#setUnnoted(AsyncLocalStorage.bind(ring), milliseconds);
  }

  uninstall(): void {
    this.#clock.uninstall();
  }

  /** The timers that hold the process and are still set, each with the line that set it. */
  get leftovers(): readonly string[] {
    const left = this.#noted.filter(({ timer }) => this.#clock.timers?.has(Number(timer)) === true && timer.hasRef());
    return left.map(({ what, site }) => `${what}, set at ${site}`);
  }

  /** The library calls back in the context of whoever moves time, Node in that of whoever set the timer. */
  #noting(name: 'setTimeout' | 'setInterval', set: Methods['setTimeout']): Methods['setTimeout'] {
    const noting: Methods['setTimeout'] = (ring, milliseconds, ...given) => {
      const timer = set.call(this.#clock, AsyncLocalStorage.bind(ring), milliseconds, ...given);
      this.#noted.push({ timer, what: `${name} of ${milliseconds ?? 0} ms`, site: callSite(noting) });
      return timer;
    };
    return noting;
  }
}

/** The library only warns about a timer that was set before it came. */
function clearingRealOnesToo(clear: (timer: unknown) => void): (timer: unknown) => void {
  return function (this: unknown, timer) {
    if (typeof timer === 'object' && timer !== null && '_idleTimeout' in timer)
      realTime.clearTimeout(timer as unknown as NodeJS.Timeout);
    else clear.call(this, timer);
  };
}
