import { err, ok, type Result } from '#kernel';
import type { ScheduleId, ScheduleNotFound } from '#scheduling/domain';
import type { ScheduleReader } from '../ports/schedule-reader.ts';
import type { ScheduleView } from '../schedule-view.ts';

export type FindScheduleQuery = { readonly id: ScheduleId };

export class FindSchedule {
  readonly #schedules: ScheduleReader;

  constructor(schedules: ScheduleReader) {
    this.#schedules = schedules;
  }

  async execute(
    { id }: FindScheduleQuery,
    { signal }: { signal: AbortSignal },
  ): Promise<Result<ScheduleView, ScheduleNotFound>> {
    const schedule = await this.#schedules.find(id, signal);
    return schedule === null ? err({ kind: 'ScheduleNotFound', scheduleId: id }) : ok(schedule);
  }
}
