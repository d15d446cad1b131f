import type { Certificate } from './certificate.ts';
import type { Searched } from './search.ts';

/** How far a search was allowed to go, and which of its orders were not carried as far as they can be. */
export type Limits = {
  readonly orders: number;
  readonly switches: number;
  readonly isStopped: boolean;
  /** How often time was allowed to pass early, where it would have been an option once more. */
  readonly heldTimeBehind: number | undefined;
  /** The least switches of an order that was ended because somebody never had a turn; Infinity where none was. */
  readonly unfairFrom: number;
  /** Whether ports were called during a race by nobody who raced. */
  readonly hasStrays: boolean;
};

/** What kept a search from being complete; undefined where nothing did. */
export function boundOf({ orders, redundant, allUpTo, failure }: Searched, limits: Limits): Certificate['bound'] {
  if (failure !== undefined) return 'failure';
  if (allUpTo === Infinity) {
    if (limits.unfairFrom < Infinity) return 'steps';
    if (limits.heldTimeBehind !== undefined) return 'timers';
    return limits.hasStrays ? 'strays' : undefined;
  }
  if (allUpTo >= limits.switches) return 'switches';
  if (limits.isStopped) return 'aborted';
  return orders + redundant >= limits.orders ? 'orders' : 'time';
}

/**
 * All orders with up to so many switches were run; undefined where not even those without one were, or all were, or where an
 * order with more switches may stand for one with fewer.
 */
export function switchesIn(
  { allUpTo }: Searched,
  { heldTimeBehind = Infinity, unfairFrom, reduces }: Limits & { readonly reduces: boolean },
): number | undefined {
  if (reduces) return undefined;
  // Time that passes early is a switch each time.
  const switches = Math.min(allUpTo, heldTimeBehind, unfairFrom - 1);
  return switches < 0 || switches === Infinity ? undefined : switches;
}
