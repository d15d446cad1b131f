import type { EventEmitter } from 'node:events';
import { callSite, runningTest } from '#testing/runtime';
import { enter } from './ledger.ts';

type Callback = (error: unknown, client: object | undefined, release: unknown) => void;

/** What a pool of connections in the manner of node-postgres can do. */
export type ConnectionPool = EventEmitter & { connect(callback?: Callback): unknown };

const watched = new WeakSet<ConnectionPool>();

/**
 * From now on a connection that a test takes out of `pool` and does not give back is a leak of that test, with the line that
 * took it. Wraps `connect` of this one pool, and listens for what the pool says about returns.
 */
export function watchPool(pool: ConnectionPool, name: string): void {
  if (watched.has(pool)) return;
  watched.add(pool);
  const out = new WeakMap<object, Disposable>();
  const giveBack = (client: object): void => out.get(client)?.[Symbol.dispose]();
  pool.on('release', (_error: unknown, client: object) => giveBack(client));
  pool.on('remove', giveBack);

  const connect = pool.connect.bind(pool);
  const watchedConnect = (callback?: Callback): unknown => {
    const owner = runningTest();
    const site = callSite(watchedConnect);
    const take = (client: object | undefined): void => {
      if (owner === undefined || client === undefined) return;
      const entry = {
        owner,
        what: `a connection of ${name}`,
        get place() {
          return String(site);
        },
        advice: 'release it',
        isOpen: () => true,
      };
      out.set(client, enter(entry));
    };
    if (callback === undefined) {
      return (connect() as Promise<object>).then((client) => {
        take(client);
        return client;
      });
    }
    return connect((error, client, release) => {
      take(client);
      callback(error, client, release);
    });
  };
  pool.connect = watchedConnect;
}
