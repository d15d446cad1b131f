import type { Result } from './result.ts';

declare const open: unique symbol;

/** A transaction that one context has begun, as far as another may know it: something to hand to a store that joins it. */
export interface OpenTransaction {
  readonly [open]: true;
}

/**
 * Runs `work` over the stores of one context, all in one transaction.
 *
 * What `work` did is kept when it returns ok, and undone when it returns a refusal or throws; the outcome is passed on
 * either way. `work` runs at most once. The stores obey `signal`: an abort cancels the statement in flight, undoes the
 * rest and rejects with the signal's reason. Stores must not be used after `work` has settled, and nothing remote
 * belongs inside. Concurrent transactions see each other's committed rows only (read committed): a rule that spans rows
 * is guarded by a version, a row lock or a unique index.
 */
export abstract class Transaction<Stores> {
  abstract run<T, E>(work: (stores: Stores) => Promise<Result<T, E>>, signal: AbortSignal): Promise<Result<T, E>>;
}
