import { replayLine, type NamedTest } from '#testing/report';
import type { FailedOrder } from './exploration.ts';
import { failureText, table } from './failure-text.ts';
import type { Order } from './order.ts';
import { ORDER } from './replay-kind.ts';

/** Nothing was run, so nothing is shown. */
export function noOrder(within: number): Error {
  return new Error(
    `The time was up before an order had been run to its end: give it more than ${within} ms by \`within\`, or make the scenario quicker.`,
  );
}

/** The scenario's own error, in front of the order that brings it about. One before any step is nothing that an order has brought about. */
export function failed(order: FailedOrder, about: NamedTest): Error {
  const { error, token, steps } = order;
  if (steps.length === 0 && error instanceof Error) return error;
  const text = failureText(order, replayLine(about, ORDER, token));
  if (!(error instanceof Error)) return new Error(`${String(error)}\n\n${text}`, { cause: error });
  const message = `${error.message}\n\n${text}`;
  if (Object.isFrozen(error)) return new Error(message, { cause: error });
  const stack = error.stack?.replace(error.message, () => message);
  Object.defineProperty(error, 'message', { value: message, configurable: true, writable: true });
  if (stack !== undefined) Object.defineProperty(error, 'stack', { value: stack, configurable: true, writable: true });
  return error;
}

/** An order that did not come to its end in the time of the test. `explored` is the certificate in words. */
export function outOfTime(explored: string, { steps }: Order): Error {
  const how = `The time was up in the middle of an order; ${explored}. That order had come so far:`;
  return new Error([how, ...table(steps)].join('\n'));
}
