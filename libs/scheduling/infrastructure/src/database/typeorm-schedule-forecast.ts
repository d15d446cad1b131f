import { readWith } from '#platform/database';
import type { ExpectedJob, ScheduleForecast } from '#scheduling/contracts';
import { IsNull, Not, type DataSource } from 'typeorm';
import { scheduleOf, scheduleRow } from './schedule.row.ts';

export class TypeOrmScheduleForecast implements ScheduleForecast {
  readonly #source: DataSource;

  constructor(source: DataSource) {
    this.#source = source;
  }

  async next(jobType: string, signal: AbortSignal): Promise<readonly ExpectedJob[]> {
    const rows = await readWith(this.#source, signal, (manager) =>
      manager.find(scheduleRow, { where: { jobType, nextTick: Not(IsNull()) } }),
    );
    const expected = rows.flatMap((row): readonly ExpectedJob[] => {
      const schedule = scheduleOf(row);
      const { id: scheduleId, name: scheduleName, job } = schedule.snapshot();
      const dueAt = schedule.nextDueAt();
      return dueAt === null ? [] : [{ scheduleId, scheduleName, payload: job.payload, dueAt }];
    });
    return expected.sort((one, other) => one.dueAt.getTime() - other.dueAt.getTime());
  }
}
