import type { Result } from '#kernel';
import type { Schedule, ScheduleId, ScheduleNameTaken } from '#scheduling/domain';

/**
 * The schedules, as a store inside a transaction.
 *
 * `find` and `nextDue` keep the schedule to their transaction until it ends: nobody else changes it, runs it or removes it
 * meanwhile. `find` waits until nobody else has it. `nextDue` never waits: it answers the one that is due for the longest time
 * of those that nobody else has, null when there is none; so of many schedulers each gets another schedule.
 *
 * A name belongs to one schedule at a time. Of several transactions that want it at once the first to ask decides: the others
 * wait for its end and are then refused, or get the name if it was given up. What is inserted twice is there once. `update` takes only what this transaction has
 * found. `remove` tells whether there was such a schedule. After a refusal the transaction can do no more than end.
 *
 * `now` is the time that all schedules go by: one for all processes, whatever their own clocks show.
 */
export abstract class Schedules {
  abstract now(): Promise<Date>;
  abstract find(id: ScheduleId): Promise<Schedule | null>;
  abstract nextDue(): Promise<Schedule | null>;
  abstract insert(schedule: Schedule): Promise<Result<void, ScheduleNameTaken>>;
  abstract update(schedule: Schedule): Promise<Result<void, ScheduleNameTaken>>;
  abstract remove(id: ScheduleId): Promise<boolean>;
}
