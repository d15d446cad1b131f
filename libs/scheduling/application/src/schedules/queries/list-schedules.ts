import type { SchedulePage, ScheduleReader } from '../ports/schedule-reader.ts';
import type { ScheduleView } from '../schedule-view.ts';

export type ListSchedulesQuery = SchedulePage;
export type ListedSchedules = {
  readonly schedules: readonly ScheduleView[];
  /** What to ask for as `after` to get the next page; null when there is none. */
  readonly next: string | null;
};

export class ListSchedules {
  readonly #schedules: ScheduleReader;

  constructor(schedules: ScheduleReader) {
    this.#schedules = schedules;
  }

  async execute(query: ListSchedulesQuery, { signal }: { signal: AbortSignal }): Promise<ListedSchedules> {
    // One more than asked for tells whether there is a next page.
    const found = await this.#schedules.page({ ...query, limit: query.limit + 1 }, signal);
    const schedules = found.slice(0, query.limit);
    return { schedules, next: found.length > query.limit ? (schedules.at(-1)?.name ?? null) : null };
  }
}
