import { AsyncLocalStorage, createHook } from 'node:async_hooks';
import { runningTest, stackBelow, type RunningTest } from '#testing/runtime';
import { Trace } from './trace.ts';

/** A promise costs ten microseconds or more, so a run that makes more of them goes on without. */
const NOTED = 5_000;
const SHOWN = 10;
const FRAMES = 20;

type Pending = { readonly test: RunningTest | undefined; readonly trace: Trace };

const ofTheKit = new AsyncLocalStorage<true>();
const pending = new Map<number, Pending>();
const hook = createHook({ init: begins, before: ends, promiseResolve: ends });
let watchers = 0;
let noted = 0;

/**
 * Notes where code waits for a promise, from now until the result is disposed: for waits that begin meanwhile, and as long
 * as there are not too many.
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
      noted = 0;
    },
  };
}

/** Calls `work`, which waits all the time and is nobody's concern. */
export function unnoted<T>(work: () => T): T {
  return ofTheKit.run(true, work);
}

/** The lines at which code of `test` waits: those that others wait for, further inside, come first. */
export function placesOfAwaits(test: RunningTest | undefined): readonly string[] {
  const own = [...pending.values()].filter((wait) => wait.test === test && wait.trace.byOwnCode);
  const inside = own.reverse().toSorted((a, b) => b.trace.depth - a.trace.depth);
  return [...new Set(inside.map(({ trace }) => String(trace)))].slice(0, SHOWN);
}

function begins(id: number, type: string): void {
  if (type !== 'PROMISE' || ofTheKit.getStore()) return;
  noted += 1;
  if (noted > NOTED) return void hook.disable();
  pending.set(id, { test: runningTest(), trace: new Trace(stackBelow(begins, FRAMES)) });
}

function ends(id: number): void {
  pending.delete(id);
}
