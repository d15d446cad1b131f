export {
  FinishedJob,
  type HeldJob,
  QueuedJob,
  restoreJob,
  RunningJob,
  WORKER_VANISHED,
  type FailedAttempt,
  type Job,
  type JobNotDue,
  type LeaseNotExpired,
  type StaleToken,
} from './job.ts';
export type { JobFacts, JobFailureReason, JobId, JobSnapshot, JobState } from './job-snapshot.ts';
export { parseJobTerms, type InvalidJob, type JobTerms, type ProposedJob } from './job-terms.ts';
export { jobRetryPolicy, retryDelay, type RetryPolicy } from './retry-policy.ts';
export { readableReason } from './readable-reason.ts';
