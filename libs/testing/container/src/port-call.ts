import type { RunningTest } from '#testing/runtime';
import type { ServiceIdentifier } from 'inversify';
import { AsyncLocalStorage } from 'node:async_hooks';

/** One call of a port, as whoever calls it sees it. */
export type PortCall = {
  /** Such as `Devices.find`. */
  readonly what: string;
  readonly method: string;
  readonly args: readonly unknown[];
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

const calling = new AsyncLocalStorage<PortCall>();

/** The call of a port that the running code is part of: the adapter's own work, and what it calls back. */
export function currentCall(): PortCall | undefined {
  return calling.getStore();
}

export function inCall<T>(call: PortCall, work: () => T): T {
  return calling.run(call, work);
}
