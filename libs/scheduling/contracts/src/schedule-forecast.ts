import type { Id, Json } from '#kernel';

export type ScheduleId = Id<'Schedule'>;

/** What an active schedule will submit next. */
export type ExpectedJob = {
  readonly scheduleId: ScheduleId;
  readonly scheduleName: string;
  readonly payload: Json;
  /** When the job may begin: the time of the plan and the schedule's jitter. In the past where it is overdue. */
  readonly dueAt: Date;
};

/** What is to come, as far as schedules say so. Jobs that were submitted already are no part of it. */
export abstract class ScheduleForecast {
  /**
   * The next job of every active schedule that submits jobs of this type, the soonest first. A schedule that is paused, or has
   * no execution left, is not among them. Shows what is committed; rejects with the signal's reason on abort.
   */
  abstract next(jobType: string, signal: AbortSignal): Promise<readonly ExpectedJob[]>;
}
