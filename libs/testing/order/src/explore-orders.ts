import type { Exploration, ExploreOptions } from './exploration.ts';
import { Explorer } from './explorer.ts';
import type { Order } from './order.ts';

/**
 * Runs `scenario` once for every order in which the calls of ports, that the actors of its `race` make, can follow each other;
 * never rejects for what the scenario does. It has to begin from the same state each time.
 *
 * Complete means: for this scenario, and as far as everything that it depends on comes through its ports, its clock and
 * the code itself. Not seen are orders of what goes past the ports (sockets, files, global timers, other processes), of the
 * code within an adapter, and of what a database decides by itself; an in-memory adapter may know fewer orders than the real one.
 */
export async function exploreOrders(
  scenario: () => Promise<unknown>,
  options: ExploreOptions = {},
): Promise<Exploration> {
  return new Explorer(scenario, options).explore();
}

/** Runs the one order that a token tells. */
export async function replayOrder(
  scenario: () => Promise<unknown>,
  token: string,
  options: ExploreOptions = {},
): Promise<Order> {
  return new Explorer(scenario, options).replay(token);
}
