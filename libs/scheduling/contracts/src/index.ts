export { JobHandler, type JobAttempt, type JobFailure, type JobProgress, type JobRun } from './job-handler.ts';
export { JobType } from './job-type.ts';
export { Jobs, JobsWithin, LeaseLost, type JobId, type JobRefused, type JobRequest, type Lease } from './jobs.ts';
export { ScheduleForecast, type ExpectedJob, type ScheduleId } from './schedule-forecast.ts';
export { StandingSchedule, type StandingRecurrence, type StandingScheduleFacts } from './standing-schedule.ts';
export { UnfinishedJobs } from './unfinished-jobs.ts';
