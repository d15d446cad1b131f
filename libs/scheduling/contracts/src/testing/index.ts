export { InMemoryJobs, type SubmittedJob } from './in-memory-jobs.ts';
export { jobsWithinContract, type JobsUnderTest } from './jobs.contract.ts';
