import { callSite, noteFact } from '#testing/runtime';
import type { Clock } from '#kernel';
import { inFlight } from './in-flight.ts';
import { realTimer } from './real-time.ts';

/** How an operation with a limit ended. */
export type Limited<T> =
  | { readonly kind: 'done'; readonly value: T }
  /** It ended with `reason` when its signal aborted. */
  | { readonly kind: 'timed out'; readonly reason: unknown }
  /** Its signal aborted, and it came to a value all the same. */
  | { readonly kind: 'answered late'; readonly value: T }
  /** Its signal aborted, and it still goes on: it waits for these, as far as they go through ports or the kit. */
  | { readonly kind: 'ignored the abort'; readonly inFlight: readonly string[] };

export type LimitSurroundings = {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Lets the time of the clock pass until the work has settled. */
  readonly drive: <T>(work: Promise<T>) => Promise<T>;
  /** How long in real time the operation may take to end once its signal has aborted. */
  readonly graceMs: number;
};

/** Runs `operation` with a signal that aborts after `limitMs` of the clock. What it throws before that is thrown here. */
export async function limited<T>(
  limitMs: number,
  operation: (signal: AbortSignal) => Promise<T>,
  { clock, signal, drive, graceMs }: LimitSurroundings,
): Promise<Limited<T>> {
  const site = callSite(limited);
  using deadline = clock.deadline(limitMs, signal);
  const stop = deadline.signal;
  const ended = (async () => operation(stop))().then(
    (value): Limited<T> => ({ kind: stop.aborted ? 'answered late' : 'done', value }),
    (reason: unknown): Limited<T> => {
      if (!stop.aborted) throw reason;
      return { kind: 'timed out', reason };
    },
  );
  using patience = patienceAfter(stop, graceMs);
  const outcome = await drive(Promise.race([ended, patience.over]));
  signal.throwIfAborted();
  if (outcome !== 'over') return outcome;
  noteFact({ topic: 'ignored cancellation', text: `an operation with a limit of ${limitMs} ms at ${String(site)}` });
  return { kind: 'ignored the abort', inFlight: inFlight() };
}

function patienceAfter(signal: AbortSignal, milliseconds: number): Disposable & { readonly over: Promise<'over'> } {
  const { promise, resolve } = Promise.withResolvers<'over'>();
  let timer: Disposable | undefined;
  const begin = (): void => void (timer = realTimer(milliseconds, () => resolve('over')));
  if (signal.aborted) begin();
  else signal.addEventListener('abort', begin, { once: true });
  return {
    over: promise,
    [Symbol.dispose]: () => {
      signal.removeEventListener('abort', begin);
      timer?.[Symbol.dispose]();
    },
  };
}
