import { Schedule, type ScheduleId } from '#scheduling/domain';
import type { SchedulePage, ScheduleReader } from '../schedules/ports/schedule-reader.ts';
import { viewOf, type ScheduleView } from '../schedules/schedule-view.ts';
import type { InMemoryScheduleTable } from './in-memory-schedule-table.ts';

export class InMemoryScheduleReader implements ScheduleReader {
  readonly #table: InMemoryScheduleTable;

  constructor(table: InMemoryScheduleTable) {
    this.#table = table;
  }

  async find(id: ScheduleId, signal: AbortSignal): Promise<ScheduleView | null> {
    signal.throwIfAborted();
    const found = this.#table.get(id);
    return found === null ? null : viewOf(Schedule.restore(found));
  }

  async page({ state, jobType, after, limit }: SchedulePage, signal: AbortSignal): Promise<readonly ScheduleView[]> {
    signal.throwIfAborted();
    return this.#table
      .all()
      .filter((one) => state === undefined || one.state === state)
      .filter((one) => jobType === undefined || one.job.type === jobType)
      .filter((one) => after === undefined || one.name > after)
      .slice(0, limit)
      .map((one) => viewOf(Schedule.restore(one)));
  }
}
