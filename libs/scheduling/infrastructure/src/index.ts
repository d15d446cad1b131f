export { ClockTime, DatabaseTime, QueueTime } from './database/queue-time.ts';
export type { EngineParts } from './jobs.module.ts';
export { schedulingSchema } from './database/scheduling-schema.ts';
export { schedulingWorkerModule, type SchedulingWorkerOptions } from './scheduling-worker.module.ts';
export { schedulingModule, type SchedulingOptions } from './scheduling.module.ts';
export { representationOf as jobRepresentation } from './http/job-representation.ts';
export { problemOf as jobProblem } from './http/job.problems.ts';
export {
  cancelBody,
  eventRepresentation,
  historyQuery,
  pageQuery as jobListQuery,
  retryBody,
} from './http/job.schemas.ts';
export { problemOf as scheduleProblem } from './http/schedule.problems.ts';
export {
  createScheduleBody,
  nextQuery,
  previewOf,
  representationOf as scheduleRepresentation,
  schedulePageQuery,
} from './http/schedule.schemas.ts';
