import { err, ok, type Result } from '#kernel';
import type { ScheduleId, ScheduleNotFound } from '#scheduling/domain';
import type { SchedulesTransaction } from '../ports/schedules-transaction.ts';
import { viewOf, type ScheduleView } from '../schedule-view.ts';

export type ResumeScheduleCommand = { readonly id: ScheduleId };
export type ResumeScheduleError = ScheduleNotFound;

/** Lets a paused schedule go on, from the first tick after now. */
export class ResumeSchedule {
  readonly #transaction: SchedulesTransaction;

  constructor(transaction: SchedulesTransaction) {
    this.#transaction = transaction;
  }

  async execute(
    { id }: ResumeScheduleCommand,
    { signal }: { signal: AbortSignal },
  ): Promise<Result<ScheduleView, ResumeScheduleError>> {
    return this.#transaction.run(async ({ schedules }): Promise<Result<ScheduleView, ResumeScheduleError>> => {
      const schedule = await schedules.find(id);
      if (schedule === null) return err({ kind: 'ScheduleNotFound', scheduleId: id });
      schedule.resume(await schedules.now());
      await schedules.update(schedule);
      return ok(viewOf(schedule));
    }, signal);
  }
}
