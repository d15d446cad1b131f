import type { Socket } from 'node:net';

/** Somebody who knows better than Node what is under way, such as the owner of a pool of connections. */
export type ActivitySource = {
  /**
   * A line for each request that waits for its answer now, such as `query: SELECT …`; nothing for a connection that is
   * merely checked out or idle. It is believed: no clock moves, and no deadlock is told, as long as there is a line.
   * Asked once a turn of the event loop, by every clock that runs.
   */
  lines(): readonly string[];
  /** The sockets of which `lines` tells everything: those are not looked at any more. */
  owns?(socket: Socket): boolean;
  /**
   * Which of those lines wait for somebody else of this process, as far as that is certain: see {@link Blocked}. What moved
   * while it was asked is not among them. It may ask outside, and rejects when nobody answers there.
   */
  blocked?(): Promise<readonly Blocked[]>;
};

/**
 * A request that cannot be answered before somebody else of this process does something, such as a statement that waits for
 * the lock of an open transaction. What wait for each other in a circle are none: a database ends that by itself.
 */
export type Blocked = {
  /** As in {@link ActivitySource.lines}. */
  readonly line: string;
  /** Who would have to do something. */
  readonly by: string;
};

const sources = new Set<ActivitySource>();

/** Makes every virtual clock of the process wait while `source` has something under way, until the result is disposed. */
export function trackActivity(source: ActivitySource | ActivitySource['lines']): Disposable {
  const asked = typeof source === 'function' ? { lines: source } : source;
  sources.add(asked);
  return { [Symbol.dispose]: () => void sources.delete(asked) };
}

/** What all sources know to wait for somebody else of this process now. */
export async function blockedActivity(): Promise<readonly Blocked[]> {
  return (await Promise.all([...sources].map(async (source) => source.blocked?.() ?? []))).flat();
}

export function activitySources(): Iterable<ActivitySource> {
  return sources;
}
