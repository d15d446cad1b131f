import { err, ok, type Result } from '#kernel';
import { isConflict, isUniqueViolation } from '#platform/database';
import type { Schedules } from '#scheduling/application';
import type { Schedule, ScheduleId, ScheduleNameTaken } from '#scheduling/domain';
import type { EntityManager } from 'typeorm';
import type { QueueTime } from './queue-time.ts';
import { rowOf, scheduleOf, scheduleRow, UNIQUE_SCHEDULE_NAME } from './schedule.row.ts';

/** In whole milliseconds, as ticks are: what is due in the database is then due here too. */
const NOW = `SELECT date_trunc('milliseconds', coalesce($1::timestamptz, now())) AS now`;

/** SKIP LOCKED: what another scheduler has just taken is left to it. */
const NEXT_DUE = `
  SELECT id FROM schedules
  WHERE look_at <= coalesce($1::timestamptz, now())
  ORDER BY look_at, id
  LIMIT 1
  FOR UPDATE SKIP LOCKED`;

export class TypeOrmSchedules implements Schedules {
  readonly #manager: EntityManager;
  readonly #time: QueueTime;

  constructor(manager: EntityManager, time: QueueTime) {
    this.#manager = manager;
    this.#time = time;
  }

  async now(): Promise<Date> {
    const [row] = await this.#manager.query<{ now: Date }[]>(NOW, [this.#time.now()]);
    if (row === undefined) throw new Error('The database did not tell the time.');
    return row.now;
  }

  async find(id: ScheduleId): Promise<Schedule | null> {
    const row = await this.#manager.findOne(scheduleRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
    return row === null ? null : scheduleOf(row);
  }

  async nextDue(): Promise<Schedule | null> {
    const [due] = await this.#manager.query<{ id: ScheduleId }[]>(NEXT_DUE, [this.#time.now()]);
    return due === undefined ? null : this.find(due.id);
  }

  async insert(schedule: Schedule): Promise<Result<void, ScheduleNameTaken>> {
    const row = rowOf(schedule);
    const insert = this.#manager
      .createQueryBuilder()
      .insert()
      .into(scheduleRow)
      .values(row as never);
    // No error where the name is taken: that is nothing for the log of the database, since each start of a worker tries it.
    const inserted = await insert.orIgnore().returning('id').execute();
    const isThere =
      inserted.raw.length > 0 || (await this.#manager.existsBy(scheduleRow, { id: row.id, name: row.name }));
    return isThere ? ok() : err({ kind: 'ScheduleNameTaken', name: row.name });
  }

  async update(schedule: Schedule): Promise<Result<void, ScheduleNameTaken>> {
    const { id, ...columns } = rowOf(schedule);
    try {
      await this.#manager.update(scheduleRow, { id }, columns as never);
      return ok();
    } catch (error) {
      // Two that want each other's names wait for each other, until the database picks the one that does not get it.
      if (isUniqueViolation(error, UNIQUE_SCHEDULE_NAME) || isConflict(error)) {
        return err({ kind: 'ScheduleNameTaken', name: columns.name });
      }
      throw error;
    }
  }

  async remove(id: ScheduleId): Promise<boolean> {
    const { affected } = await this.#manager.delete(scheduleRow, { id });
    return affected === 1;
  }
}
