import { syncBuiltinESMExports } from 'node:module';
import { callSite, isOn, realTurn, runningTest } from '#testing/runtime';
import { FakeTimers } from './fake-timers.ts';
import { GlobalBindings } from './global-bindings.ts';
import { LeftoverTimers } from './leftover-timers.ts';
import { PATIENCE_MS, runTimeline, type Work } from './run-timeline.ts';
import { coverTheRest } from './uncovered-timers.ts';
import type { VirtualClockOptions } from './virtual-clock.ts';

/** The global timers, as the test has them that took them over. Disposing gives them back. */
export type GlobalTime = Disposable & {
  /** Timers that are set. */
  readonly waiting: number;
  /** Lets time pass. Whatever is due rings in order, and what that sets up anew rings too if it falls inside the span. */
  advance(milliseconds: number): Promise<void>;
  /** Lets time pass by itself until `work` settles, as `VirtualClock.runUntil` does. */
  runUntil<T>(work: Work<T>): Promise<T>;
};

let holder: string | undefined;

/**
 * Puts virtual time in the place of the global one, for code that one does not own; one's own asks a `Clock`.
 *
 * Virtual are `setTimeout`, `setInterval` and what clears them (global, of `node:timers` and `node:timers/promises`, however
 * they are imported), the interval iterator, `scheduler.wait`, `util.promisify(setTimeout)`, `AbortSignal.timeout`, `Date`,
 * `Intl`, `performance`, `process.hrtime` with `bigint`, and `Temporal` where there is one. `process.nextTick`,
 * `queueMicrotask` and `setImmediate` stay real, so that I/O goes on. A callback runs in the context in which it was set.
 *
 * There is one set of global timers in a process: taking them over twice throws, with the name of the test that has them.
 * Disposing puts every binding back as it was and throws {@link LeftoverTimers} when timers that hold the process are
 * still set.
 *
 * It does not reach a reference to a timer or to `Date` that was taken before (`const later = setTimeout` at the top of a
 * module, `promisify(setTimeout)` likewise), Node's own inside (the limits of sockets and servers), worker threads, and
 * `Atomics.wait`. `Atomics.waitAsync` with a limit is refused. The kit's own limits go on in real time.
 */
export function takeOverTimers({ start, patienceMs = PATIENCE_MS }: VirtualClockOptions = {}): GlobalTime {
  refuseASecondHolder();
  holder = `"${runningTest()?.title ?? 'code outside of every test'}", at ${callSite(takeOverTimers)}`;
  const bindings = new GlobalBindings();
  const timers = new FakeTimers(start);
  coverTheRest(timers);
  syncBuiltinESMExports();

  let givenBack = false;
  const jump = async (): Promise<void> => {
    timers.ringNext();
    for (let turns = 0; turns < 3; turns += 1) await realTurn();
  };
  const timeline = { time: () => timers.now, nextIn: () => timers.nextIn, jump, patienceMs };
  return {
    get waiting() {
      return timers.waiting;
    },
    runUntil: (work) => runTimeline(timeline, work),
    advance: async (milliseconds) => {
      const end = timers.now + milliseconds;
      await realTurn();
      while ((timers.nextIn ?? Infinity) <= end - timers.now) {
        timers.ringNext();
        await realTurn();
      }
      timers.moveTo(end);
    },
    [Symbol.dispose]: () => {
      if (givenBack) return;
      givenBack = true;
      holder = undefined;
      const { leftovers } = timers;
      timers.uninstall();
      bindings.restore();
      if (leftovers.length > 0 && isOn('timers')) throw new LeftoverTimers(leftovers);
    },
  };
}

function refuseASecondHolder(): void {
  if (holder !== undefined) {
    throw new Error(
      `The global timers are taken over already, by ${holder}. There is one set of them in a process: give them back ` +
        'first, or use a VirtualClock, of which every test has its own.',
    );
  }
  if ('clock' in globalThis.setTimeout) {
    throw new Error(
      'Something else, such as sinon.useFakeTimers, has taken over the global timers; restore them first.',
    );
  }
}
