import type { Order } from './order.ts';
import type { OrderedRun } from './ordered-run.ts';

/** What is wrong with a scenario that gives nothing to choose. */
export function nothingToOrder({ hasRaced, trace }: Pick<OrderedRun, 'hasRaced' | 'trace'>): Error | undefined {
  if (!hasRaced) {
    return new Error('There is nothing to put in order: the scenario has no `race` of #testing/concurrency.');
  }
  if (trace.length > 0) return undefined;
  return new Error(
    'There is nothing to put in order: no racer has called a port that answers later. Ports are those of a TestContainer, or of a ContainerTest.',
  );
}

/** An order that fails, and that a reduced search has passed over. */
export function leftOut({ error }: Order): Error {
  const message = 'The declared keys leave something out: the reduced search has passed over this order, which fails.';
  return new Error(message, { cause: error });
}
