import { createHook } from 'node:async_hooks';
import { runningTest, type RunningTest } from '#testing/runtime';
import { Trace } from './trace.ts';

/** The oldest are forgotten beyond this, so that a long run does not fill the memory. */
const KEPT = 5_000;
const SHOWN = 10;

type Pending = { readonly test: RunningTest | undefined; readonly trace: Trace };

const pending = new Map<number, Pending>();
const hook = createHook({ init: begins, before: ends, promiseResolve: ends });
let watchers = 0;

/**
 * Notes where code waits for a promise, from now until the result is disposed. Costs some microseconds a promise, so it
 * is on only while a clock runs: a wait that began before is not known.
 */
export function watchAwaits(): Disposable {
  watchers += 1;
  hook.enable();
  return {
    [Symbol.dispose]: () => {
      watchers -= 1;
      if (watchers > 0) return;
      hook.disable();
      pending.clear();
    },
  };
}

/** The lines at which code of `test` waits: those that others wait for, further inside, come first. */
export function placesOfAwaits(test: RunningTest | undefined): readonly string[] {
  const own = [...pending.values()].filter((wait) => wait.test === test && wait.trace.byOwnCode);
  const inside = own.reverse().toSorted((a, b) => b.trace.depth - a.trace.depth);
  return [...new Set(inside.map(({ trace }) => String(trace)))].slice(0, SHOWN);
}

function begins(id: number, type: string): void {
  if (type !== 'PROMISE') return;
  pending.set(id, { test: runningTest(), trace: new Trace(begins) });
  if (pending.size > KEPT) for (const oldest of pending.keys()) return void pending.delete(oldest);
}

function ends(id: number): void {
  pending.delete(id);
}
