export { InMemoryJobs, type SubmittedJob } from './in-memory-jobs.ts';
export { InMemoryScheduleForecast } from './in-memory-schedule-forecast.ts';
export { jobHandlerContract, type JobHandlerUnderTest } from './job-handler.contract.ts';
export { jobsWithinContract, type JobsUnderTest } from './jobs.contract.ts';
export { scheduleForecastContract, type ScheduleForecastUnderTest } from './schedule-forecast.contract.ts';
