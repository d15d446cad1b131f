import type { EventEmitter } from 'node:events';
import { callSite, outsideTests, runningTest } from '#testing/runtime';
import { enter } from './ledger.ts';

type Listener = (...args: unknown[]) => void;

const watchers = new WeakMap<EventEmitter, (event: string | symbol, listener: Listener) => void>();

/**
 * From now on every listener that a test leaves on `emitter` is a leak of that test. For emitters that outlive tests, such as
 * a pool or a bus that the process keeps; `process` itself is always watched. Costs one listener of `newListener`.
 *
 * A listener that is there already is nobody's, also when it is taken off and put back in a test's context, as Mocha does
 * with its own while it hands on a rejection.
 */
export function watchEmitter(emitter: EventEmitter, name: string): void {
  const watcher = watchers.get(emitter);
  if (watcher !== undefined && emitter.listeners('newListener').includes(watcher)) return;
  const there = new WeakSet(emitter.eventNames().flatMap((event) => emitter.listeners(event)));
  const noteListener = (event: string | symbol, listener: Listener): void => {
    const owner = runningTest();
    if (owner === undefined || there.has(listener)) return;
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
  outsideTests(() => emitter.on('newListener', noteListener));
}

function countOf(emitter: EventEmitter, event: string | symbol, listener: Listener): number {
  return emitter.listeners(event).filter((other) => other === listener).length;
}
