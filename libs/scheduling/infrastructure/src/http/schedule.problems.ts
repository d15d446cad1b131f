import { assertNever } from '#kernel';
import type { Problem } from '#platform/http';
import type { ChangeScheduleError, CreateScheduleError } from '#scheduling/application';
import type { ScheduleNotFound } from '#scheduling/domain';

export type SchedulesRefusal = CreateScheduleError | ChangeScheduleError | ScheduleNotFound;

/** Every refusal about schedules, as HTTP tells it. */
export function problemOf(refusal: SchedulesRefusal): Problem {
  const { kind, ...facts } = refusal;
  switch (refusal.kind) {
    case 'InvalidSchedule': {
      const detail = `The schedule's ${refusal.field} ${refusal.problem}.`;
      return { status: 422, code: 'invalid-schedule', detail, facts };
    }
    case 'InvalidRecurrence': {
      const detail = `The recurrence's ${refusal.field} ${refusal.problem}.`;
      return { status: 422, code: 'invalid-recurrence', detail, facts };
    }
    case 'JobTemplateRefused': {
      const detail = `The queue would not take the job of the schedule. ${refusal.reason}`;
      return { status: 422, code: 'schedule-job-refused', detail, facts };
    }
    case 'ScheduleNameTaken': {
      const detail = `Another schedule is called ${refusal.name}.`;
      return { status: 409, code: 'schedule-name-taken', detail, facts };
    }
    case 'ScheduleNotFound': {
      const detail = `There is no schedule ${refusal.scheduleId}.`;
      return { status: 404, code: 'schedule-not-found', detail, facts };
    }
    case 'StaleSchedule': {
      const detail = `The schedule has changed since version ${refusal.version}: read it again, and decide anew.`;
      return { status: 409, code: 'stale-schedule', detail, facts };
    }
    default:
      return assertNever(refusal);
  }
}
