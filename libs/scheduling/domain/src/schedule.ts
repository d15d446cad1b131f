import { err, ok, type Result } from '#kernel';
import type { InvalidSchedule, StaleSchedule } from './schedule.errors.ts';
import type { ScheduleDetails } from './schedule-details.ts';
import { SchedulePlan } from './schedule-plan.ts';
import type { ScheduleId, ScheduleSnapshot } from './schedule-snapshot.ts';

/** What is to be so from now on. `basedOn` is the version that the change was made for. */
export type ScheduleChange = { readonly basedOn: number; readonly details: ScheduleDetails };

/** A job that a schedule wants now. */
export type DueJob = {
  readonly tick: Date;
  /** When it may begin; not before now. */
  readonly dueAt: Date;
  /** The same in every attempt to submit it, and in no other tick's. */
  readonly idempotencyKey: string;
  /** The earliest of the ticks that are left out now by the policy for missed ones; null when none is. */
  readonly missedFrom: Date | null;
};

type State = Omit<ScheduleSnapshot, 'plan'>;

/** Between two attempts to submit a job that was refused: ten seconds, doubled each time, up to ten minutes. */
const offerAgain = { firstMs: 10_000, mostMs: 600_000 };

/** Submits a job at each tick of its plan, while it is active. */
export class Schedule {
  #state: State;
  #plan: SchedulePlan;

  private constructor(state: State, plan: SchedulePlan) {
    this.#state = state;
    this.#plan = plan;
  }

  static create(
    { id, details: { plan, ...rest } }: { readonly id: ScheduleId; readonly details: ScheduleDetails },
    now: Date,
  ): Result<Schedule, InvalidSchedule> {
    const nextTick = plan.next(now);
    if (nextTick === null) return err(nothingLeft);
    const state = { id, ...rest, state: 'active', nextTick, lastRun: null, refusal: null, version: 1 } as const;
    return ok(new Schedule({ ...state, createdAt: now, changedAt: now }, plan));
  }

  /** Rebuilds a schedule that has passed the rules before; for repositories and test builders only. */
  static restore({ plan, ...state }: ScheduleSnapshot): Schedule {
    return new Schedule(state, SchedulePlan.restore(plan));
  }

  /** Why its plan cannot be read any more: until it can be, or is changed, nothing is submitted. Null when it can. */
  get planProblem(): string | null {
    return this.#plan.problem;
  }

  /**
   * A new plan counts from now on: ticks of the old one that have not run yet never do. The same plan goes on where it was.
   * What changes nothing makes no version.
   */
  change({ basedOn, details }: ScheduleChange, now: Date): Result<void, StaleSchedule | InvalidSchedule> {
    const { id, version, name, job } = this.#state;
    if (version !== basedOn) return err({ kind: 'StaleSchedule', scheduleId: id, version: basedOn });

    const { plan, ...rest } = details;
    const isSamePlan = isSame(plan.written, this.#plan.written);
    if (isSamePlan && isSame(rest, { name, job })) return ok();

    const nextTick = isSamePlan ? this.#state.nextTick : plan.next(this.#after(now));
    if (!isSamePlan && nextTick === null) return err(nothingLeft);
    this.#plan = plan;
    this.#become({ ...rest, nextTick: this.#state.state === 'active' ? nextTick : null }, now);
    return ok();
  }

  /** Ticks that come by while it is paused never run. Pausing what is paused changes nothing. */
  pause(now: Date): void {
    if (this.#state.state === 'active') this.#become({ state: 'paused', nextTick: null }, now);
  }

  resume(now: Date): void {
    if (this.#state.state === 'paused') {
      this.#become({ state: 'active', nextTick: this.#plan.next(this.#after(now)) }, now);
    }
  }

  /** The job to submit now, if there is one: then tell whether it `ran` or `wasRefused`. If there is none, `skipMissed`. */
  dueJob(now: Date): DueJob | null {
    const { id, nextTick, refusal } = this.#state;
    if (nextTick === null || nextTick > now || this.planProblem !== null || (refusal !== null && refusal.retryAt > now))
      return null;
    const tick = this.#tickAt(nextTick, now);
    if (tick === null) return null;
    const due = this.#plan.dueAt(tick, id);
    return {
      tick,
      dueAt: due < now ? now : due,
      idempotencyKey: `schedule/${id}/${tick.toISOString()}`,
      missedFrom: tick > nextTick ? nextTick : null,
    };
  }

  ran({ tick }: Pick<DueJob, 'tick'>, jobId: string): void {
    this.#state = { ...this.#state, nextTick: this.#plan.next(tick), lastRun: { tick, jobId }, refusal: null };
  }

  /** The tick stays due, and its job is offered again after a while that grows. */
  wasRefused(reason: string, now: Date): void {
    const times = (this.#state.refusal?.times ?? 0) + 1;
    const waitMs = Math.min(offerAgain.mostMs, offerAgain.firstMs * 2 ** (times - 1));
    const retryAt = new Date(now.getTime() + waitMs);
    this.#state = { ...this.#state, refusal: { reason, at: now, times, retryAt } };
  }

  /** Leaves out all ticks that have come, and answers the earliest of them; none whose job was refused. */
  skipMissed(now: Date): Date | null {
    const { nextTick, refusal } = this.#state;
    if (nextTick === null || nextTick > now || this.planProblem !== null || refusal !== null) return null;
    this.#state = { ...this.#state, nextTick: this.#plan.next(now) };
    return nextTick;
  }

  /** When the job of the next tick may begin; null when there is none. */
  nextDueAt(): Date | null {
    const { id, nextTick } = this.#state;
    return nextTick === null ? null : this.#plan.dueAt(nextTick, id);
  }

  /** The next ticks to run, as things stand: without those that are missed, and none while it is paused. */
  nextTimes(count: number): readonly Date[] {
    const { nextTick } = this.#state;
    return nextTick === null ? [] : this.#plan.nextTimes({ after: new Date(nextTick.getTime() - 1), count });
  }

  inWords(): string {
    return this.#plan.inWords();
  }

  snapshot(): ScheduleSnapshot {
    return { ...this.#state, plan: this.#plan.written };
  }

  /**
   * A tick whose job was refused is not missed: somebody came by for it in time. Nor is one that a newer time zone table
   * does not know any more.
   */
  #tickAt(nextTick: Date, now: Date): Date | null {
    const { refusal } = this.#state;
    const mayBeNone = this.#plan.written.missed.policy === 'skip';
    if (mayBeNone && refusal !== null) return nextTick;
    return this.#plan.tickToRun({ from: nextTick, now }) ?? (mayBeNone ? null : nextTick);
  }

  /** No tick runs twice, also when the clock was put back meanwhile. */
  #after(now: Date): Date {
    const last = this.#state.lastRun?.tick ?? now;
    return last > now ? last : now;
  }

  #become(next: Partial<State>, now: Date): void {
    this.#state = { ...this.#state, ...next, refusal: null, version: this.#state.version + 1, changedAt: now };
  }
}

const nothingLeft: InvalidSchedule = {
  kind: 'InvalidSchedule',
  field: 'plan.recurrence',
  problem: 'is over: there is no time left at which it would run',
};

/** Plans and jobs are plain data, whose keys come in any order. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => key in other && isSame(one[key as never], other[key as never]))
  );
}
