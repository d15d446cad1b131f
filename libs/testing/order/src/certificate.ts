/** What an exploration has shown, and no more. */
export type Certificate = {
  /** Whether every order was run, or stood for by one that was. */
  readonly isComplete: boolean;
  readonly orders: number;
  /** Whether orders that differ only in steps that are independent by the declared keys counted as one. */
  readonly isReduced: boolean;
  /** Runs that were ended before their end, because orders that were run show the same: with keys alone. */
  readonly cutShort?: number;
  /** The orders of a search without the keys that were run to check them: all there are, or as many as were allowed. */
  readonly checked?: { readonly orders: number; readonly isAll: boolean } | undefined;
  /** All orders with up to so many switches were run; undefined when not even those without one were, or all were. */
  readonly switches: number | undefined;
  /** What kept it from being complete. */
  readonly bound?: keyof typeof reasons | undefined;
  readonly sampled?: { readonly orders: number; readonly by: 'pct' | 'uniform'; readonly seed: number } | undefined;
};

/** Such as `complete: 34,650 of 34,650 orders`. */
export function spoken(certificate: Certificate): string {
  const { isComplete, isReduced, cutShort = 0, checked, switches, bound, sampled } = certificate;
  const orders = figure(certificate.orders);
  if (isComplete) {
    if (!isReduced) return `complete: ${orders} of ${orders} orders`;
    const proof = checked && `checked against ${checked.isAll ? 'all' : 'the first'} ${figure(checked.orders)}`;
    const stand = certificate.orders === 1 ? 'order, which stands' : 'orders, which stand';
    const cut =
      cutShort === 0 ? '' : `; ${figure(cutShort)} more ${cutShort === 1 ? 'run was' : 'runs were'} cut short`;
    return `complete under the declared keys: ${orders} ${stand} for all (${proof ?? 'not checked'}${cut})`;
  }
  const reached =
    switches === undefined ? '' : `, all with up to ${switches} ${switches === 1 ? 'switch' : 'switches'}`;
  const rest = sampled && `; sampled: ${figure(sampled.orders)}, ${sampled.by}, seed ${sampled.seed}`;
  return `not complete (${reasons[bound ?? 'orders']}): ${orders} ${certificate.orders === 1 ? 'order' : 'orders'}${reached}${rest ?? ''}`;
}

const reasons = {
  orders: 'the limit of orders was reached',
  time: 'the time was up',
  switches: 'the limit of switches was reached',
  timers: 'time passed early only so many times in each',
  steps: 'an order in which somebody never had a turn had too many steps',
  failure: 'it ended with an order that fails',
  strays: 'ports were called by nobody who raced, and those calls came as they did',
  aborted: 'it was stopped',
} as const;

function figure(count: number): string {
  return count.toLocaleString('en-US');
}
