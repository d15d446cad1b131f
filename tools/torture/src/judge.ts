import type { Finding, Row } from './campaign.ts';

/** "Nothing of the kind in N trials", and at least so often it could have happened: else the zero says nothing. */
export function never(
  what: string,
  { trials, violations, reached }: Finding,
  atLeast: Readonly<Record<string, number>> = {},
): Row {
  const missing = Object.entries(atLeast).filter(([name, least]) => (reached[name] ?? 0) < least);
  const tooRare = missing.map(([name, least]) => `${name}: ${reached[name] ?? 0} instead of ${least} or more`);
  return {
    figure: what,
    result: tooRare.length > 0 ? `${violations.length}; not credible (${tooRare.join(', ')})` : `${violations.length}`,
    met: trials > 0 && violations.length === 0 && tooRare.length === 0,
    isZeroInN: true,
    n: trials,
  };
}

export type Limits = { readonly p99?: number; readonly max?: number };

/** The 99th percentile and the greatest of what was measured, in milliseconds. */
export function within(what: string, sample: readonly number[], { p99, max }: Limits): Row {
  const [high, highest] = [percentile(sample, 0.99), percentile(sample, 1)];
  const limits = [p99 !== undefined && `p99 ≤ ${seconds(p99)}`, max !== undefined && `max ≤ ${seconds(max)}`];
  return {
    figure: `${what}, ${limits.filter(Boolean).join(', ')}`,
    result: sample.length === 0 ? 'nothing measured' : `p99 ${seconds(high)}, max ${seconds(highest)}`,
    met: sample.length > 0 && high <= (p99 ?? Infinity) && highest <= (max ?? Infinity),
    isZeroInN: false,
    n: sample.length,
  };
}

/** The smallest value that at least this share of the sample does not exceed. */
export function percentile(sample: readonly number[], share: number): number {
  const sorted = sample.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

/** The probability that "never seen in N trials" leaves possible, at 95 % confidence (exact, Clopper and Pearson). */
export function upperBound(trials: number): number {
  return trials === 0 ? 1 : 1 - 0.05 ** (1 / trials);
}

function seconds(milliseconds: number): string {
  return milliseconds < 1_000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1_000).toFixed(1)} s`;
}
