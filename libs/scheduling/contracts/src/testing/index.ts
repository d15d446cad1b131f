export { InMemoryJobs, type SubmittedJob } from './in-memory-jobs.ts';
export { InMemoryKeys, isSameJob } from './in-memory-keys.ts';
export { InMemoryLocks } from './in-memory-locks.ts';
export { jobHandlerContract, type JobHandlerUnderTest } from './job-handler.contract.ts';
export { jobTypeContract, type JobTypeUnderTest } from './job-type.contract.ts';
export { jobRun } from './job-run.ts';
export { jobsWithinContract, type JobsUnderTest } from './jobs.contract.ts';
export { InMemoryScheduleForecast } from './in-memory-schedule-forecast.ts';
export { scheduleForecastContract, type ScheduleForecastUnderTest } from './schedule-forecast.contract.ts';
