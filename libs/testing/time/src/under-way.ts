import { realTime, type RunningTest } from '#testing/runtime';
import { activitySources } from './activity-sources.ts';
import { conversation, socketOf } from './conversation.ts';
import { isHttpSocket, openHttpRequests } from './http-activity.ts';
import { giveUp, resources, type Resource } from './ledger.ts';
import { openPromisedJobs } from './promised-jobs.ts';

/** Something real that a test may be waiting for. */
export type UnderWay = {
  /** Whether it will call back for certain. What is merely open, such as a socket, may be silent for good. */
  readonly certain: boolean;
  readonly movedAt: number;
  /** What it is, and the line that began it. */
  toString(): string;
};

/** Whose work it is, and how it was begun. */
export type Asking = {
  readonly test: RunningTest | undefined;
  /** When the work began that is waited for. */
  readonly since: number;
  /** How many milliseconds away a timer may be that somebody waits for although it does not hold the process. */
  readonly shortly: number;
};

/**
 * The real work that a test may be waiting for: its own, and that of nobody, such as a pool that was there before. Work of
 * other tests that run is none of its business.
 */
export function* underWay({ test, since, shortly }: Asking): Generator<UnderWay> {
  for (const [id, resource] of resources()) {
    if (isSynchronousJob(resource)) giveUp(id);
    const own = test !== undefined && resource.test === test;
    if (!own && resource.test?.isOver === false) continue;
    const found = readers[resource.kind]?.(resource, { own, shortly, since });
    if (found) yield found;
  }
  for (const { test: asker, what, site, since: movedAt } of openHttpRequests()) {
    if (asker === test || asker?.isOver !== false)
      yield { certain: false, movedAt, toString: () => `${what}, sent at ${site}` };
  }
  for (const { test: asker, what, site } of openPromisedJobs()) {
    if (asker === test || asker?.isOver !== false)
      yield { certain: true, movedAt: realTime.now(), toString: () => `${what}, called at ${site}` };
  }
  for (const source of activitySources()) {
    for (const line of source.lines()) yield { certain: true, movedAt: realTime.now(), toString: () => line };
  }
}

type Reader = (resource: Resource, asked: Omit<Asking, 'test'> & { readonly own: boolean }) => UnderWay | undefined;

const readers: { readonly [kind in Resource['kind']]?: Reader } = {
  request: (resource, { own }) => (isPending(resource, own) ? certain(resource) : undefined),
  // Kept until it is collected as garbage, but holds on to its input only while it works.
  codec: (resource) => ((resource.object.deref() as { buffer?: unknown })?.buffer ? certain(resource) : undefined),
  worker: (resource, { own }) => (own ? uncertain(resource) : undefined),
  timer: (resource, { own, shortly }) => (own ? timer(resource, shortly) : undefined),
  // A pool that connects for this work says nothing of it yet.
  socket: (resource, { own, since }) => socket(resource, own || resource.madeAt >= since),
};

/** A job of `node:crypto` that has no callback by now was over when it returned, and would stay in the books until it is collected. */
function isSynchronousJob({ type, object }: Resource): boolean {
  return type.endsWith('REQUEST') && !('ondone' in (object.deref() ?? {}));
}

/** A synchronous job of `node:crypto` is announced like any other, but has no callback and no end. Neither has one of WebCrypto. */
function isPending({ type, object }: Resource, own: boolean): boolean {
  if (type.endsWith('REQUEST')) return 'ondone' in (object.deref() ?? {});
  return own || type !== 'Immediate';
}

type Timeout = { hasRef(): boolean; readonly _idleTimeout: number; readonly _repeat: number | null };

/** An idle pool and a server have timers too, which nobody waits for: far away, without a hold on the process, or repeated. */
function timer(resource: Resource, shortly: number): UnderWay | undefined {
  const timeout = resource.object.deref() as Timeout | undefined;
  if (timeout === undefined) return undefined;
  const [holds, repeats, soon] = [timeout.hasRef(), timeout._repeat !== null, timeout._idleTimeout <= shortly];
  if (resource.trace?.byOwnCode === true) {
    if (repeats) return holds ? uncertain(resource) : undefined;
    return holds || soon ? certain(resource) : undefined;
  }
  return holds && soon && !repeats ? certain(resource) : undefined;
}

function socket(resource: Resource, forThisWork: boolean): UnderWay | undefined {
  const handle = resource.object.deref();
  const owner = handle && socketOf(handle);
  if (handle === undefined || owner === undefined || isHttpSocket(owner) || isStandardStream(owner)) return undefined;
  if ([...activitySources()].some((source) => source.owns?.(owner))) return undefined;
  const { waits, movedAt } = conversation(handle);
  // A test's own connection may be told something at any time; that of a pool speaks when it is spoken to.
  return forThisWork || waits ? uncertain(resource, movedAt) : undefined;
}

/** The process's own output is a socket when it goes into a pipe. */
function isStandardStream(owner: object): boolean {
  return 'fd' in owner && typeof owner.fd === 'number' && owner.fd <= 2;
}

function certain(resource: Resource): UnderWay {
  return { certain: true, movedAt: resource.movedAt, toString: () => spoken(resource) };
}

function uncertain(resource: Resource, movedAt = resource.movedAt): UnderWay {
  return { certain: false, movedAt: Math.max(resource.movedAt, movedAt), toString: () => spoken(resource) };
}

function spoken({ type, trace }: Resource): string {
  return trace === undefined ? type : `${type}, made at ${trace}`;
}
