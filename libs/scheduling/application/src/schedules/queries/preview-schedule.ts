import { err, ok, type Result } from '#kernel';
import { Schedule, type ScheduleId, type ScheduleNotFound } from '#scheduling/domain';
import type { ScheduleReader } from '../ports/schedule-reader.ts';
import type { PreviewedPlan } from './preview-plan.ts';

export type PreviewScheduleQuery = { readonly id: ScheduleId; readonly count: number };

/** The next ticks of a schedule as things stand: none while it is paused. */
export class PreviewSchedule {
  readonly #schedules: ScheduleReader;

  constructor(schedules: ScheduleReader) {
    this.#schedules = schedules;
  }

  async execute(
    { id, count }: PreviewScheduleQuery,
    { signal }: { signal: AbortSignal },
  ): Promise<Result<PreviewedPlan, ScheduleNotFound>> {
    const view = await this.#schedules.find(id, signal);
    if (view === null) return err({ kind: 'ScheduleNotFound', scheduleId: id });
    return ok({ inWords: view.inWords, times: Schedule.restore(view).nextTimes(count) });
  }
}
