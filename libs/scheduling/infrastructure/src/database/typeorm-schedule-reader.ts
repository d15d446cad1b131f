import { readWith } from '#platform/database';
import { viewOf, type SchedulePage, type ScheduleReader, type ScheduleView } from '#scheduling/application';
import type { ScheduleId } from '#scheduling/domain';
import { MoreThan, type DataSource } from 'typeorm';
import { scheduleOf, scheduleRow } from './schedule.row.ts';

export class TypeOrmScheduleReader implements ScheduleReader {
  readonly #source: DataSource;

  constructor(source: DataSource) {
    this.#source = source;
  }

  async find(id: ScheduleId, signal: AbortSignal): Promise<ScheduleView | null> {
    const row = await readWith(this.#source, signal, (manager) => manager.findOne(scheduleRow, { where: { id } }));
    return row === null ? null : viewOf(scheduleOf(row));
  }

  async page({ state, jobType, after, limit }: SchedulePage, signal: AbortSignal): Promise<readonly ScheduleView[]> {
    const where = { ...(state && { state }), ...(jobType !== undefined && { jobType }) };
    const rows = await readWith(this.#source, signal, (manager) =>
      manager.find(scheduleRow, {
        where: { ...where, ...(after !== undefined && { name: MoreThan(after) }) },
        order: { name: 'ASC' },
        take: limit,
      }),
    );
    return rows.map((row) => viewOf(scheduleOf(row)));
  }
}
