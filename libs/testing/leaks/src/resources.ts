import { nearestOwn, watchResources, type MadeResource } from '#testing/runtime';
import { kinds, type Resource } from './kinds.ts';
import { enter } from './ledger.ts';
import { placeOfListen } from './listen-places.ts';

/** Mocha limits a test by a timer that it starts anew, in the test's context, when the test asks for another limit. */
const OF_MOCHA = /resetTimeout \(.*[\\/]mocha[\\/]lib[\\/]runnable\.js/;

const entered = new Map<number, Disposable>();

/**
 * Enters every handle that a test makes (timer, server, socket, child process, worker, watcher) into the ledger, until Node
 * gives it up. What is unref'd at the end does not count: it was made to be left alone.
 */
export function watchHandles(): void {
  watchResources({
    made,
    gone: (id) => {
      entered.get(id)?.[Symbol.dispose]();
      entered.delete(id);
    },
  });
}

function made(resource: MadeResource): void {
  const { id, type, test: owner } = resource;
  const kind = kinds[type];
  if (kind === undefined || owner === undefined) return;
  const { taken } = resource;
  const handle: Resource = resource.object;
  const listen = placeOfListen();
  let place: string | undefined;
  const entry = enter({
    owner,
    get what() {
      return kind.what(handle);
    },
    get place() {
      return (place ??= placeIn(taken.stack) ?? listen?.toString());
    },
    advice: kind.advice,
    isOpen: () => handle.hasRef?.() !== false && !(type === 'Timeout' && OF_MOCHA.test(taken.stack ?? '')),
  });
  entered.set(id, entry);
}

function placeIn(stack = ''): string | undefined {
  const place = nearestOwn(stack);
  return place === 'an unknown place' ? undefined : place;
}
