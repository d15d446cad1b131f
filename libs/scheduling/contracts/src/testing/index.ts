export { InMemoryJobs, type SubmittedJob } from './in-memory-jobs.ts';
export { itBehavesLikeJobsWithin, type JobsUnderTest } from './jobs.contract.ts';
