/** What an exploration has shown, and no more. */
export type Certificate = {
  /** Whether every order was run, or stood for by one that was. */
  readonly isComplete: boolean;
  readonly orders: number;
  /** Whether orders that differ only in steps that are independent by the declared keys counted as one. */
  readonly isReduced: boolean;
  /** All orders with up to so many switches were run; undefined when not even those without one were. */
  readonly switches: number | undefined;
  /** What kept it from being complete. */
  readonly bound?: 'orders' | 'time' | 'switches' | 'timers' | 'steps' | undefined;
  readonly sampled?: { readonly orders: number; readonly by: 'pct' | 'uniform'; readonly seed: number } | undefined;
};

/** Such as `complete: 34,650 of 34,650 orders`. */
export function spoken(certificate: Certificate): string {
  const { isComplete, isReduced, switches, bound, sampled } = certificate;
  const orders = figure(certificate.orders);
  if (isComplete) {
    return isReduced
      ? `complete under the declared keys: ${orders} orders, which stand for all`
      : `complete: ${orders} of ${orders} orders`;
  }
  const reached =
    switches === undefined ? '' : `, all with up to ${switches} ${switches === 1 ? 'switch' : 'switches'}`;
  const rest = sampled && `; sampled: ${figure(sampled.orders)}, ${sampled.by}, seed ${sampled.seed}`;
  return `not complete (${reasons[bound ?? 'orders']}): ${orders} orders${reached}${rest ?? ''}`;
}

const reasons = {
  orders: 'the limit of orders was reached',
  time: 'the time was up',
  switches: 'the limit of switches was reached',
  timers: 'time passed early only so many times in each',
  steps: 'an order had too many steps',
} as const;

function figure(count: number): string {
  return count.toLocaleString('en-US');
}
