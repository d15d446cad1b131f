import type { Certificate } from './certificate.ts';
import type { Order } from './order.ts';
import type { KeysOf } from './step.ts';

export type ExploreOptions = {
  /** How many orders are run at most before the search gives up being complete: 20,000 unless told. */
  readonly orders?: number;
  /** Orders with more switches than this are left out: none unless told. With a limit, `touches` is not used: what stands for others may have more. */
  readonly switches?: number;
  /** How many steps one order may have before it counts as a livelock, or ends without a verdict where somebody had to wait too long: 500 unless told. */
  readonly steps?: number;
  /** How often, in one order, time may pass while somebody could still do something: 3 times unless told. */
  readonly earlyTimers?: number;
  /** Whether the answers of ports wait for their turn too: then an answer may come later than something that happened after it. */
  readonly answers?: boolean;
  /** What calls read and write, and the code behind them up to its next call. With it, orders that differ only in independent steps count as one. */
  readonly touches?: KeysOf;
  /** Whether a reduced search is checked against the full one, where that has up to so many orders: 5,000 unless told, 0 for never. */
  readonly checkedUpTo?: number;
  /** Orders that are drawn when the search ends by the limit of orders or of time: 1,000 by `pct` with seed 1 unless told, 0 for none. */
  readonly sample?: { readonly orders?: number; readonly by?: 'pct' | 'uniform'; readonly seed?: number };
  /** Milliseconds of real time for all of it: 45,000 unless told. */
  readonly within?: number;
  /** Ends the search when it aborts, also in the middle of an order: that one is no failure, and told in `stoppedIn`. */
  readonly signal?: AbortSignal;
};

export type Exploration = {
  readonly certificate: Certificate;
  /** The first order found that fails, or one with fewer switches that fails as well. */
  readonly failure: FailedOrder | undefined;
  /** What was not the same when an order was run a second time, and where the difference may come from. */
  readonly uncontrolled: readonly string[];
  /** Whether the database decided somewhere which of several waiting statements went on first. */
  readonly hasContended: boolean;
  /** The order that was under way when the signal aborted, as far as it had come. */
  readonly stoppedIn: Order | undefined;
  /** How often the scenario was run, for whatever purpose. */
  readonly runs: number;
};

export type FailedOrder = Order & {
  /** Whether no order with fewer switches fails. */
  readonly isSmallest: boolean;
};
