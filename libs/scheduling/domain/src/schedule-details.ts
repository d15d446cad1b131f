import { err, ok, type Result } from '#kernel';
import type { InvalidRecurrence } from './recurrence/invalid-recurrence.ts';
import type { InvalidSchedule } from './schedule.errors.ts';
import { SchedulePlan } from './schedule-plan.ts';
import type { JobTemplate, ScheduleText } from './schedule-snapshot.ts';

/** What people decide about a schedule, after it was checked; but for the job, which the queue has the say about. */
export type ScheduleDetails = { readonly name: string; readonly plan: SchedulePlan; readonly job: JobTemplate };

const NAME = /^[^\p{C}\p{Z}](?:[^\p{C}]{0,98}[^\p{C}\p{Z}])?$/u;

export function parseScheduleDetails({
  name,
  plan,
  job,
}: ScheduleText): Result<ScheduleDetails, InvalidSchedule | InvalidRecurrence> {
  if (!NAME.test(name)) {
    const problem = 'must have 1 to 100 visible characters, and none but these at its ends';
    return err({ kind: 'InvalidSchedule', field: 'name', problem });
  }
  const parsed = SchedulePlan.parse(plan);
  return parsed.ok ? ok({ name, plan: parsed.value, job }) : parsed;
}
