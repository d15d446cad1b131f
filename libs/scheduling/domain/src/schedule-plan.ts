import { err, ok, type Result } from '#kernel';
import { MOST_MISSED_RUNS, tickToRun, type MissedRuns } from './missed-runs.ts';
import type { InvalidRecurrence } from './recurrence/invalid-recurrence.ts';
import { Recurrence, type WrittenRecurrence } from './recurrence/recurrence.ts';
import { spread } from './recurrence/spread.ts';
import type { InvalidSchedule } from './schedule.errors.ts';

/** A plan as plain data. */
export type WrittenPlan = {
  readonly recurrence: WrittenRecurrence;
  readonly missed: MissedRuns;
  /** Each job is due up to so many milliseconds after its tick, but before the next one; from 0 to 86,400,000. */
  readonly jitterMs: number;
};

const LONGEST_JITTER_MS = 86_400_000;

/** When a schedule's jobs are due. */
export class SchedulePlan {
  readonly written: WrittenPlan;
  /** Why it cannot be read; null when it can. */
  readonly problem: string | null;
  readonly #recurrence: Recurrence | null;

  private constructor(written: WrittenPlan, recurrence: Recurrence | null, problem: string | null = null) {
    this.written = written;
    this.problem = problem;
    this.#recurrence = recurrence;
  }

  /**
   * A plan that was read before, if need be by another version or another time zone table. When this one cannot read it, it has
   * a `problem` and no times, and its next tick is always at once: that is when people are told.
   */
  static restore(written: WrittenPlan): SchedulePlan {
    const plan = SchedulePlan.parse(written);
    return plan.ok ? plan.value : new SchedulePlan(written, null, `${plan.error.field} ${plan.error.problem}`);
  }

  static parse(written: WrittenPlan): Result<SchedulePlan, InvalidRecurrence | InvalidSchedule> {
    const recurrence = Recurrence.parse(written.recurrence);
    if (!recurrence.ok) return recurrence;
    const { missed, jitterMs } = written;
    if (!['skip', 'once', 'all'].includes(missed.policy)) return invalid('missed.policy', 'must be skip, once or all');
    if (missed.policy === 'all' && !isWithin(missed.atMost, 1, MOST_MISSED_RUNS)) {
      return invalid('missed.atMost', `must be a whole number from 1 to ${MOST_MISSED_RUNS}`);
    }
    if (!isWithin(jitterMs, 0, LONGEST_JITTER_MS)) {
      return invalid('jitterMs', `must be a whole number from 0 to ${LONGEST_JITTER_MS}`);
    }
    return ok(new SchedulePlan({ recurrence: recurrence.value.written, missed, jitterMs }, recurrence.value));
  }

  next(after: Date): Date | null {
    return this.#recurrence === null ? after : this.#recurrence.next(after);
  }

  nextTimes(from: { readonly after: Date; readonly count: number }): readonly Date[] {
    return this.#recurrence?.nextTimes(from) ?? [];
  }

  inWords(): string {
    return this.#recurrence?.inWords() ?? 'at times that cannot be read';
  }

  /** The tick to run at `now`, when `from` is the earliest that was not run yet; null when all that have come are left out. */
  tickToRun({ from, now }: { readonly from: Date; readonly now: Date }): Date | null {
    return this.#recurrence && tickToRun(this.written.missed, { recurrence: this.#recurrence, from, now });
  }

  /** When the job of a tick is due: the same for the same schedule and tick, whoever asks, and never after the next tick. */
  dueAt(tick: Date, scheduleId: string): Date {
    const { jitterMs } = this.written;
    if (jitterMs === 0) return tick;
    const intervalMs = (this.next(tick)?.getTime() ?? Infinity) - tick.getTime();
    const jitter = spread(`${scheduleId}/${tick.toISOString()}`) * Math.min(jitterMs, intervalMs);
    return new Date(tick.getTime() + Math.floor(jitter));
  }
}

function isWithin(number: number, from: number, to: number): boolean {
  return Number.isInteger(number) && number >= from && number <= to;
}

function invalid(field: string, problem: string): Result<never, InvalidSchedule> {
  return err({ kind: 'InvalidSchedule', field, problem });
}
