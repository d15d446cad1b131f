import { callSite, noteFact, realTimer } from '#testing/runtime';
import { Deadlock, type VirtualClock } from '#testing/time';
import { inFlight } from './in-flight.ts';

/** How an operation with a limit ended. */
export type Limited<T> =
  | { readonly kind: 'done'; readonly value: T }
  /** It ended with `reason` when its signal aborted. */
  | { readonly kind: 'timed out'; readonly reason: unknown }
  /** Its signal aborted, and it came to a value all the same. */
  | { readonly kind: 'answered late'; readonly value: T }
  /** Its signal aborted, and it still goes on: it waits for these, as far as they are known. */
  | { readonly kind: 'ignored the abort'; readonly inFlight: readonly string[] };

export type LimitSurroundings = {
  readonly clock: VirtualClock;
  readonly signal: AbortSignal;
  /** How long in real time the operation may take to end once its signal has aborted. */
  readonly graceMs: number;
};

/** Runs `operation` with a signal that aborts after `limitMs` of the clock. What it throws before that is thrown here. */
export async function limited<T>(
  limitMs: number,
  operation: (signal: AbortSignal) => Promise<T>,
  { clock, signal, graceMs }: LimitSurroundings,
): Promise<Limited<T>> {
  const site = callSite(limited);
  using deadline = clock.deadline(limitMs, signal);
  const stop = deadline.signal;
  const ended = async (): Promise<Limited<T>> => {
    try {
      const value = await operation(stop);
      return { kind: stop.aborted ? 'answered late' : 'done', value };
    } catch (reason) {
      if (!stop.aborted) throw reason;
      return { kind: 'timed out', reason };
    }
  };
  using patience = patienceAfter(stop, graceMs);
  const outcome = await clock
    .runUntil(() => Promise.race([ended(), patience.over]))
    .catch((error: unknown) => {
      if (stop.aborted && error instanceof Deadlock) return error.places;
      throw error;
    });
  signal.throwIfAborted();
  if ('kind' in outcome) return outcome;
  noteFact({ topic: 'ignored cancellation', text: `an operation with a limit of ${limitMs} ms at ${String(site)}` });
  return { kind: 'ignored the abort', inFlight: [...inFlight(), ...outcome] };
}

function patienceAfter(
  signal: AbortSignal,
  milliseconds: number,
): Disposable & { readonly over: Promise<readonly string[]> } {
  const { promise, resolve } = Promise.withResolvers<readonly string[]>();
  let timer: Disposable | undefined;
  const begin = (): void => void (timer = realTimer(milliseconds, () => resolve([])));
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
