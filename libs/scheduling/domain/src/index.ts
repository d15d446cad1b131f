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
export type { InvalidRecurrence } from './recurrence/invalid-recurrence.ts';
export { Recurrence, type WrittenRecurrence } from './recurrence/recurrence.ts';
export { shortMonthPolicies, unitMs, type EveryUnit, type Rule, type ShortMonthPolicy } from './recurrence/rule.ts';
export { weekdays, type Weekday } from './recurrence/weekday.ts';
export { gapPolicies, overlapPolicies, type GapPolicy, type OverlapPolicy } from './recurrence/zoned-calendar.ts';
export { jobRetryPolicy, retryDelay, type RetryPolicy } from './retry-policy.ts';
export { readableReason } from './readable-reason.ts';
