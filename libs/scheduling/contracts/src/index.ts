export { JobHandler, type JobAttempt, type JobFailure } from './job-handler.ts';
export { Jobs, JobsWithin, LeaseLost, type JobId, type JobRefused, type JobRequest, type Lease } from './jobs.ts';
export { ScheduleForecast, type ExpectedJob, type ScheduleId } from './schedule-forecast.ts';
