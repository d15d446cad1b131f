export { InMemoryJobs, type SubmittedJob } from './in-memory-jobs.ts';
export { jobHandlerContract, type JobHandlerUnderTest } from './job-handler.contract.ts';
export { jobsWithinContract, type JobsUnderTest } from './jobs.contract.ts';
