import type { RunningTest } from '#testing/runtime';
import type { ServiceIdentifier } from 'inversify';
import { AsyncLocalStorage } from 'node:async_hooks';

/** One call of a port, as whoever calls it sees it. */
export type PortCall = {
  /** Such as `Devices.find`. */
  readonly what: string;
  readonly method: string;
  readonly args: readonly unknown[];
  /** Whether the adapter's method is an `async` function. Where it is not, only its answer tells whether it is a promise. */
  readonly isAsync: boolean;
  /** The source text of the adapter's method, to tell it from another one of the same name. */
  readonly code: () => string;
  /** The test in whose context the call is made; undefined where the context was lost. */
  readonly test: RunningTest | undefined;
  /** The call inside of which this one is made, such as that of the transaction whose stores are called. */
  readonly within: PortCall | undefined;
  /** Whether the one who is called is this port for the application. */
  isOf(port: ServiceIdentifier): boolean;
};

/**
 * Stands between the caller of a port and its adapter, and answers the call: by `proceed`, which makes it, once, twice or
 * never; before, after or instead of something else. What it throws, the caller gets as if the adapter had thrown it.
 */
export type Interceptor = (call: PortCall, proceed: () => unknown) => unknown;

/**
 * Stands at both crossings of a port: at the calls of its adapter, and where a callback that the adapter was given, such as
 * the work of a transaction, is about to hand back its answer.
 */
export type Interception = {
  readonly calls: Interceptor;
  /** The adapter of `call` goes on when the result settles, and with that: it commits, for example. */
  readonly answers?: (call: PortCall, answer: Promise<unknown>) => Promise<unknown>;
  /**
   * Whether the process may die in there. Then adapters get signals that abort with it in place of those of their callers, so that mock
   * adapters undo what is open.
   */
  readonly mayDie?: boolean;
};

const calling = new AsyncLocalStorage<PortCall>();
const interceptions = new AsyncLocalStorage<Interception>();

/** The call of a port that the running code is part of: the adapter's own work, and what it calls back. */
export function currentCall(): PortCall | undefined {
  return calling.getStore();
}

/**
 * Every port that is called in the context of `work`, of whichever test container, is called through `interception`: inside
 * of the log and of the container's own interceptors, outside of the scripts. In the context of another one it stands in
 * front of that.
 */
export function intercepted<T>(interception: Interception, work: () => T): T {
  return interceptions.run(withinOf(interceptions.getStore(), interception), work);
}

/** Calls `work` out of reach of what {@link intercepted} stands around: for what a test does behind the scenes. */
export function notIntercepted<T>(work: () => T): T {
  return interceptions.exit(work);
}

const listeners = new Set<(call: PortCall) => void>();

/** Tells of calls that no {@link intercepted} stands around, until it is disposed. */
export function onCallsOfNobody(listener: (call: PortCall) => void): Disposable {
  listeners.add(listener);
  return { [Symbol.dispose]: () => void listeners.delete(listener) };
}

/** The interceptor that stands around whoever calls. */
export const interceptedByContext: Interceptor = (call, proceed) => {
  const interception = interceptions.getStore();
  if (interception !== undefined) return interception.calls(call, proceed);
  for (const listener of listeners) listener(call);
  return proceed();
};

/** Whether somebody stands around the running code who may let its process die. */
export function mayDie(): boolean {
  return interceptions.getStore()?.mayDie === true;
}

/** What the adapter of `call` gets from a callback of the application. */
export function answeredByContext(call: PortCall, answer: Promise<unknown>): Promise<unknown> {
  return interceptions.getStore()?.answers?.(call, answer) ?? answer;
}

function withinOf(outer: Interception | undefined, inner: Interception): Interception {
  if (outer === undefined) return inner;
  return {
    mayDie: outer.mayDie === true || inner.mayDie === true,
    calls: (call, proceed) => outer.calls(call, () => inner.calls(call, proceed)),
    answers: (call, answer) => {
      const nearest = inner.answers?.(call, answer) ?? answer;
      return outer.answers?.(call, nearest) ?? nearest;
    },
  };
}

export function inCall<T>(call: PortCall, work: () => T): T {
  return calling.run(call, work);
}
