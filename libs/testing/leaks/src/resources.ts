import { createHook } from 'node:async_hooks';
import { nearestOwn, runningTest } from '#testing/runtime';
import { kinds, type Resource } from './kinds.ts';
import { enter } from './ledger.ts';
import { placeOfListen } from './listen-places.ts';

const FRAMES = 16;

/** Mocha limits a test by a timer that it starts anew, in the test's context, when the test asks for another limit. */
const OF_MOCHA = /resetTimeout \(.*[\\/]mocha[\\/]lib[\\/]runnable\.js/;

/**
 * Enters every handle that a test makes (timer, server, socket, child process, worker, watcher) into the ledger, until Node
 * gives it up. What is unref'd at the end does not count: it was made to be left alone.
 *
 * This file alone knows `createHook`, which Node calls experimental. Promises are left out: to follow them costs more than
 * everything else together.
 */
export function watchResources(): void {
  const entered = new Map<number, Disposable>();
  const init = (id: number, type: string, _trigger: number, resource: Resource): void => {
    const kind = kinds[type];
    const owner = kind && runningTest();
    if (kind === undefined || owner === undefined) return;
    const made = stackBelow(init);
    const listen = placeOfListen();
    let place: string | undefined;
    const entry = enter({
      owner,
      get what() {
        return kind.what(resource);
      },
      get place() {
        return (place ??= placeIn(made.stack) ?? listen?.toString());
      },
      advice: kind.advice,
      isOpen: () => resource.hasRef?.() !== false && !(type === 'Timeout' && OF_MOCHA.test(made.stack ?? '')),
    });
    entered.set(id, entry);
  };
  const destroy = (id: number): void => {
    entered.get(id)?.[Symbol.dispose]();
    entered.delete(id);
  };
  createHook({ init, destroy, trackPromises: false }).enable();
}

function placeIn(stack = ''): string | undefined {
  const place = nearestOwn(stack);
  return place === 'an unknown place' ? undefined : place;
}

/** Taken for each handle, and put into words for the few that stay open. */
function stackBelow(function_: (...args: never[]) => unknown): { readonly stack?: string } {
  const holder: { stack?: string } = {};
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = FRAMES;
  Error.captureStackTrace(holder, function_);
  Error.stackTraceLimit = limit;
  return holder;
}
