/** How long to wait before something that failed is tried again: at most `baseMs`, doubled each time, up to `capMs`. */
export type RetryPolicy = { readonly baseMs: number; readonly capMs: number };

/** For attempts at a job: at most 10 seconds before the second one, 20 before the third, never over 10 minutes. */
export const jobRetryPolicy: RetryPolicy = { baseMs: 10_000, capMs: 600_000 };

/**
 * Exponential back-off with full jitter (Marc Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015): any
 * delay up to the bound is as likely as any other, so that what failed together is not tried again together.
 *
 * `failures` counts from 1; `random` is at least 0 and below 1.
 */
export function retryDelay(policy: RetryPolicy, { failures, random }: { failures: number; random: number }): number {
  const bound = Math.min(policy.capMs, policy.baseMs * 2 ** (failures - 1));
  return Math.floor(random * (bound + 1));
}
