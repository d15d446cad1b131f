import { err, ok, type Result } from '#kernel';
import type { JobRefused } from '#scheduling/contracts';
import type { DueJob, PlanUnreadable, Schedule } from '#scheduling/domain';
import type { ScheduleJournal } from '../ports/schedule-journal.ts';
import type { SchedulesStores, SchedulesTransaction } from '../ports/schedules-transaction.ts';
import { reasonOf } from '../refused-template.ts';

/** At most so many ticks are dealt with. */
export type FireDueSchedulesCommand = { readonly limit: number };
/** How many ticks were dealt with: as many as the limit when there may be more. */
export type FiredSchedules = { readonly ticks: number };

type Dealt = { readonly schedule: Schedule; readonly now: Date };
type Ran = Dealt & { readonly job: DueJob; readonly jobId: string };
type Missed = Dealt & { readonly missedFrom: Date | null };
type NotTaken = Dealt & {
  readonly kind: 'NotTaken';
  readonly tick: Date;
  readonly refusal: JobRefused | PlanUnreadable;
};

/**
 * Submits the jobs that are due by a schedule. Each tick is a transaction of its own that takes the schedule, submits the job and
 * moves the schedule on: so it has exactly one job, however many do this at once and whatever ends them half way. A job that is
 * refused leaves its tick due, puts the schedule off for a while, and keeps no other schedule waiting; so does a plan that cannot
 * be read.
 */
export class FireDueSchedules {
  readonly #transaction: SchedulesTransaction;
  readonly #journal: ScheduleJournal;

  constructor(transaction: SchedulesTransaction, journal: ScheduleJournal) {
    this.#transaction = transaction;
    this.#journal = journal;
  }

  async execute({ limit }: FireDueSchedulesCommand, { signal }: { signal: AbortSignal }): Promise<FiredSchedules> {
    let ticks = 0;
    while (ticks < limit && (await this.#fireOne(signal))) ticks += 1;
    return { ticks };
  }

  /** Whether there was one. */
  async #fireOne(signal: AbortSignal): Promise<boolean> {
    const done = await this.#transaction.run((stores) => this.#deal(stores), signal);
    if (!done.ok) {
      await this.#putOff(done.error, signal);
      return true;
    }
    if (done.value !== null) this.#tell(done.value);
    return done.value !== null;
  }

  async #deal({ schedules, jobs }: SchedulesStores): Promise<Result<Ran | Missed | null, NotTaken>> {
    const schedule = await schedules.nextDue();
    if (schedule === null) return ok(null);
    const now = await schedules.now();
    const problem = schedule.planProblem;
    if (problem !== null) {
      const tick = schedule.snapshot().nextTick ?? now;
      return err({ kind: 'NotTaken', schedule, now, tick, refusal: { kind: 'PlanUnreadable', problem } });
    }
    const job = schedule.dueJob(now);
    if (job === null) {
      const missedFrom = schedule.skipMissed(now);
      await schedules.update(schedule);
      return ok({ schedule, now, missedFrom });
    }
    const { tick, dueAt, idempotencyKey } = job;
    const submitted = await jobs.submit({ ...schedule.snapshot().job, dueAt, idempotencyKey });
    if (!submitted.ok) return err({ kind: 'NotTaken', schedule, now, tick, refusal: submitted.error });
    schedule.ran(job, submitted.value);
    await schedules.update(schedule);
    return ok({ schedule, now, job, jobId: submitted.value });
  }

  /** In a transaction of its own, since the one that was refused is undone. Somebody else may have come by in between. */
  async #putOff({ schedule: refused, now, tick, refusal }: NotTaken, signal: AbortSignal): Promise<void> {
    const reason = reasonOf(refusal);
    const { id, name, nextTick } = refused.snapshot();
    await this.#transaction.run(async ({ schedules }) => {
      const schedule = await schedules.find(id);
      if (schedule === null || schedule.snapshot().nextTick?.getTime() !== nextTick?.getTime()) return ok();
      schedule.wasRefused(reason, now);
      await schedules.update(schedule);
      return ok();
    }, signal);
    this.#journal.record({ kind: 'JobNotTaken', scheduleId: id, name, tick, refusal: refusal.kind, reason });
  }

  #tell(dealt: Ran | Missed): void {
    const { id: scheduleId, name } = dealt.schedule.snapshot();
    const until = 'job' in dealt ? dealt.job.tick : dealt.now;
    const from = 'job' in dealt ? dealt.job.missedFrom : dealt.missedFrom;
    if (from !== null) this.#journal.record({ kind: 'TicksMissed', scheduleId, name, from, until });
    if (!('job' in dealt)) return;
    this.#journal.record({ kind: 'ScheduleRan', scheduleId, name, tick: dealt.job.tick, jobId: dealt.jobId });
  }
}
