import type { Exploration, ExploreOptions } from './exploration.ts';
import { Explorer } from './explorer.ts';
import type { Order } from './order.ts';

/**
 * Runs `scenario` once for every order in which the calls of ports, that the actors of its `race` make, can follow each other.
 * What the scenario fails with is told and never thrown; rejects only where methods of ports answer sometimes at once and
 * sometimes later. The scenario has to begin from the same state each time.
 *
 * Complete means: for this scenario, and as far as everything that it depends on comes through its ports, its clock and
 * the code itself. When the `signal` aborts, the search ends, and does not wait for the order that is under way.
 *
 * What it does not cover:
 * - what goes past the ports: sockets, files, global timers, worker threads, other processes. Only the order in which the
 *   application sees their answers at a port is chosen, and work that was begun before the race, or outside of it, is not;
 * - calls that answer at once, calls of `Clock`, and those of an object that a port hands out none of whose methods is `async`;
 * - what an adapter does between its call and its answer. An in-memory adapter may know fewer orders than the real one;
 * - which of several waiting statements a database lets go on first, and its own time: see `hasContended`;
 * - which of several timers of the same moment rings first, and real timers: one that is due within a second rings before the
 *   next step, whatever it races;
 * - releases by `await using`, and answers that are thenables, or hidden in a `Map` or an object without an `async` method: a
 *   port answers promises, and what it hands out is a port where its methods are `async`;
 * - time limits of a database, such as `lock_timeout`, that no statement had to wait for long enough;
 * - random values, real dates and ids: they are looked for by running the usual order and the last one twice, and named where
 *   they differ. A difference that shows in other orders alone is not seen;
 * - promises that will never settle: a deadlock is that nothing under control can settle them now.
 */
export async function exploreOrders(
  scenario: () => Promise<unknown>,
  options: ExploreOptions = {},
): Promise<Exploration> {
  return new Explorer(scenario, options).explore();
}

/**
 * Runs the one order that a token tells; what it fails with is told. Rejects where the token is none, or is of a program that had other
 * choices. The signal ends it as it does a search.
 */
export async function replayOrder(
  scenario: () => Promise<unknown>,
  token: string,
  options: ExploreOptions = {},
): Promise<Order> {
  return new Explorer(scenario, options).replay(token);
}
