import { createHook } from 'node:async_hooks';
import { runningTest, type RunningTest } from './running-test.ts';
import { stackBelow, type TakenStack } from './stack-below.ts';

/** What Node says of a resource at the moment when it makes it. */
export type MadeResource = {
  readonly id: number;
  /** As `async_hooks` calls it, such as `Timeout` or `TCPWRAP`. */
  readonly type: string;
  /** The resource that this one was made for, such as the server of a connection. */
  readonly triggerId: number;
  readonly object: object;
  readonly test: RunningTest | undefined;
  /** Where it is made. Has to be asked for at once; whoever does so first has it taken for all. */
  readonly taken: TakenStack;
};

export type ResourceWatcher = {
  made(resource: MadeResource): void;
  /** It is about to call back. */
  calls?(id: number): void;
  /** Node has given it up. */
  gone(id: number): void;
};

const FRAMES = 20;
/** Almost all that is announced, over within the turn of the event loop, and of no interest to anybody. */
const MOMENTARY: ReadonlySet<string> = new Set(['TickObject', 'Microtask', 'PROMISE']);

const watchers: ResourceWatcher[] = [];
let unwatched = false;

/**
 * Tells `watcher` of every resource that Node makes from now on, promises and ticks left out: to follow promises costs more
 * than everything else together. All watchers share one hook of `async_hooks`, which Node calls experimental.
 */
export function watchResources(watcher: ResourceWatcher): void {
  watchers.push(watcher);
  if (watchers.length > 1) return;
  createHook({
    trackPromises: false,
    init,
    before: (id) => {
      for (const watcher of watchers) watcher.calls?.(id);
    },
    destroy: (id) => {
      for (const watcher of watchers) watcher.gone(id);
    },
  }).enable();
}

/** Calls `work`, whose resources are the kit's own: nobody is told of them. */
export function offTheBooks<T>(work: () => T): T {
  const before = unwatched;
  unwatched = true;
  try {
    return work();
  } finally {
    unwatched = before;
  }
}

function init(id: number, type: string, triggerId: number, object: object): void {
  if (unwatched || MOMENTARY.has(type)) return;
  let taken: TakenStack | undefined;
  const resource: MadeResource = {
    id,
    type,
    triggerId,
    object,
    test: runningTest(),
    get taken() {
      return (taken ??= stackBelow(init, FRAMES));
    },
  };
  for (const watcher of watchers) watcher.made(resource);
}
