export { InMemoryJobs, type SubmittedJob } from './in-memory-jobs.ts';
export { InMemoryTransaction } from './in-memory-transaction.ts';
export { itBehavesLikeJobsWithin, type JobsUnderTest } from './jobs.contract.ts';
