import { AsyncLocalStorage } from 'node:async_hooks';
import { Server } from 'node:net';
import { callSite, type CallSite } from '#testing/runtime';

const places = new AsyncLocalStorage<CallSite>();

/**
 * Remembers the line that makes a server listen. Node looks the address up first and opens the server when no frame of that
 * line is on the stack any more.
 */
export function watchListen(): void {
  const { listen } = Server.prototype;
  const watched = function (this: Server, ...args: never[]): Server {
    return places.run(callSite(watched), () => Reflect.apply(listen, this, args) as Server);
  };
  Server.prototype.listen = watched as typeof listen;
}

/** The line that made the server listen in whose context this is called. */
export function placeOfListen(): CallSite | undefined {
  return places.getStore();
}
