import type { Weekday } from './weekday.ts';

export const unitMs = { seconds: 1_000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;
export type EveryUnit = keyof typeof unitMs;

/** What happens in months that do not have the day: nothing, or it happens on their last one. */
export const shortMonthPolicies = ['skip', 'last-day'] as const;
export type ShortMonthPolicy = (typeof shortMonthPolicies)[number];

/**
 * When something is repeated, as people write it down. Instants (`at` of once, `anchor`) are written in ISO 8601, times of day
 * as `02:30`.
 */
export type Rule =
  | { readonly kind: 'once'; readonly at: string }
  /** At the anchor and every so much elapsed time after it, whatever the clocks on the wall do meanwhile. */
  | { readonly kind: 'every'; readonly count: number; readonly unit: EveryUnit; readonly anchor: string }
  | { readonly kind: 'daily'; readonly at: string }
  | { readonly kind: 'weekly'; readonly weekdays: readonly Weekday[]; readonly at: string }
  | {
      readonly kind: 'monthly';
      readonly day: number | 'last';
      readonly shortMonths: ShortMonthPolicy;
      readonly at: string;
    }
  /** The first to fifth, or last, such weekday of the month; there is not always a fifth. */
  | {
      readonly kind: 'monthly-weekday';
      readonly nth: number | 'last';
      readonly weekday: Weekday;
      readonly at: string;
    }
  | { readonly kind: 'cron'; readonly expression: string };
