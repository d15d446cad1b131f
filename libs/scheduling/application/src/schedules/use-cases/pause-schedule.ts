import { err, ok, type Result } from '#kernel';
import type { ScheduleId, ScheduleNotFound } from '#scheduling/domain';
import type { SchedulesTransaction } from '../ports/schedules-transaction.ts';
import { viewOf, type ScheduleView } from '../schedule-view.ts';

export type PauseScheduleCommand = { readonly id: ScheduleId };
export type PauseScheduleError = ScheduleNotFound;

/** Stops a schedule until somebody resumes it. What it has submitted already is left alone. */
export class PauseSchedule {
  readonly #transaction: SchedulesTransaction;

  constructor(transaction: SchedulesTransaction) {
    this.#transaction = transaction;
  }

  async execute(
    { id }: PauseScheduleCommand,
    { signal }: { signal: AbortSignal },
  ): Promise<Result<ScheduleView, PauseScheduleError>> {
    return this.#transaction.run(async ({ schedules }): Promise<Result<ScheduleView, PauseScheduleError>> => {
      const schedule = await schedules.find(id);
      if (schedule === null) return err({ kind: 'ScheduleNotFound', scheduleId: id });
      schedule.pause(await schedules.now());
      await schedules.update(schedule);
      return ok(viewOf(schedule));
    }, signal);
  }
}
