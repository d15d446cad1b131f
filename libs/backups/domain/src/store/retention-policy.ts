import { err, ok, type Result } from '#kernel';
import type { VersionId, VersionSnapshot } from '../version.ts';

/** A version is kept when any of the rules keeps it. Days, weeks (from Monday) and months are those of UTC. */
export type RetentionRules = {
  /** So many of the newest; at least one. */
  readonly keepLast: number;
  /** All that were collected in the last so many days. */
  readonly keepDays: number;
  /** The newest of each of the last so many days that have any; likewise weeks and months. */
  readonly keepDaily: number;
  readonly keepWeekly: number;
  readonly keepMonthly: number;
};

export type InvalidRetention = {
  readonly kind: 'InvalidRetention';
  readonly rule: keyof RetentionRules;
  readonly least: number;
  readonly most: number;
};

type Dated = Pick<VersionSnapshot, 'id' | 'collectedAt'>;

const DAY_MS = 86_400_000;
const MOST = 100_000;

/** Which versions of a device are not needed any more. The newest always is. */
export class RetentionPolicy {
  readonly #rules: RetentionRules;

  private constructor(rules: RetentionRules) {
    this.#rules = rules;
  }

  static parse(rules: RetentionRules): Result<RetentionPolicy, InvalidRetention> {
    for (const rule of ['keepLast', 'keepDays', 'keepDaily', 'keepWeekly', 'keepMonthly'] as const) {
      const least = rule === 'keepLast' ? 1 : 0;
      const isValid = Number.isInteger(rules[rule]) && rules[rule] >= least && rules[rule] <= MOST;
      if (!isValid) return err({ kind: 'InvalidRetention', rule, least, most: MOST });
    }
    return ok(new RetentionPolicy(rules));
  }

  /** Those of a device's whole history, newest first, that no rule keeps. */
  expired(history: readonly Dated[], now: Date): readonly VersionId[] {
    const { keepLast, keepDays, keepDaily, keepWeekly, keepMonthly } = this.#rules;
    const since = now.getTime() - keepDays * DAY_MS;
    const kept = new Set([
      ...history.slice(0, keepLast),
      ...history.filter(({ collectedAt }) => keepDays > 0 && collectedAt.getTime() >= since),
      ...newestOfEach(history, dayOf, keepDaily),
      ...newestOfEach(history, weekOf, keepWeekly),
      ...newestOfEach(history, monthOf, keepMonthly),
    ]);
    return history.filter((version) => !kept.has(version)).map(({ id }) => id);
  }
}

function newestOfEach(history: readonly Dated[], periodOf: (time: Date) => number, periods: number): readonly Dated[] {
  const newest = new Map<number, Dated>();
  for (const version of history) {
    const period = periodOf(version.collectedAt);
    if (newest.has(period)) continue;
    if (newest.size === periods) break;
    newest.set(period, version);
  }
  return [...newest.values()];
}

function dayOf(time: Date): number {
  return Math.floor(time.getTime() / DAY_MS);
}

/** The first of January 1970 was a Thursday. */
function weekOf(time: Date): number {
  return Math.floor((dayOf(time) + 3) / 7);
}

function monthOf(time: Date): number {
  return time.getUTCFullYear() * 12 + time.getUTCMonth();
}
