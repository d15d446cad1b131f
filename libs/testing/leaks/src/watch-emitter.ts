import type { EventEmitter } from 'node:events';
import { callSite, outsideTests, runningTest, type RunningTest } from '#testing/runtime';
import { enter } from './ledger.ts';

type Listener = (...args: unknown[]) => void;

type Taken = { readonly event: string | symbol; readonly listener: Listener };

const LAST_WORDS: ReadonlySet<string | symbol> = new Set(['exit', 'beforeExit']);
const watchers = new WeakMap<EventEmitter, (event: string | symbol, listener: Listener) => void>();

/**
 * From now on every listener that a test leaves on `emitter` is a leak of that test. For emitters that outlive tests, such as
 * a pool or a bus that the process keeps; `process` itself is always watched. Costs a listener of `newListener`
 * and one of `removeListener`.
 *
 * A listener that is there already is nobody's, also when it is taken off and put back in a test's context, as Mocha does
 * with its own while it hands on a rejection. One that waits for the end of the process, as modules add when they are
 * loaded, disturbs nobody.
 */
export function watchEmitter(emitter: EventEmitter, name: string): void {
  const watcher = watchers.get(emitter);
  if (watcher !== undefined && emitter.listeners('newListener').includes(watcher)) return;
  const there = new WeakSet(emitter.eventNames().flatMap((event) => emitter.listeners(event)));
  const takenOff = new WeakMap<RunningTest, Taken[]>();
  const noteRemoval = (event: string | symbol, listener: Listener): void => {
    const owner = runningTest();
    if (owner === undefined) return;
    const taken = takenOff.get(owner);
    if (taken === undefined) takenOff.set(owner, [{ event, listener }]);
    else taken.push({ event, listener });
  };
  const isPutBack = (owner: RunningTest, event: string | symbol, listener: Listener): boolean => {
    const taken = takenOff.get(owner) ?? [];
    const index = taken.findIndex((one) => one.event === event && one.listener === listener);
    return index >= 0 && taken.splice(index, 1).length > 0;
  };
  const noteListener = (event: string | symbol, listener: Listener): void => {
    const owner = runningTest();
    if (owner === undefined || there.has(listener) || (emitter === process && LAST_WORDS.has(event))) return;
    if (isPutBack(owner, event, listener)) return;
    // The same function can be on the event already: what counts is that there is one more of it.
    const others = countOf(emitter, event, listener);
    const place = callSite(noteListener);
    enter({
      owner,
      what: `a listener of "${String(event)}" on ${name}`,
      get place() {
        return String(place);
      },
      advice: 'remove it',
      isOpen: () => countOf(emitter, event, listener) > others,
    });
  };
  watchers.set(emitter, noteListener);
  outsideTests(() => emitter.on('newListener', noteListener).on('removeListener', noteRemoval));
}

function countOf(emitter: EventEmitter, event: string | symbol, listener: Listener): number {
  return emitter.listeners(event).filter((other) => other === listener).length;
}
