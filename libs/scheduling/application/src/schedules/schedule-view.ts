import type { Schedule, ScheduleSnapshot } from '#scheduling/domain';

/** A schedule as people see it. */
export type ScheduleView = ScheduleSnapshot & {
  /** Its recurrence, such as "every weekday at 02:30 Europe/Berlin". */
  readonly inWords: string;
  /** When the next job may begin; null when none is to come. */
  readonly nextDueAt: Date | null;
};

export function viewOf(schedule: Schedule): ScheduleView {
  return { ...schedule.snapshot(), inWords: schedule.inWords(), nextDueAt: schedule.nextDueAt() };
}
