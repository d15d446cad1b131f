export { claimRank } from './claim-rank.ts';
export { jobEventKinds, type JobEvent, type JobEventKind } from './job-event.ts';
export {
  NO_PROGRESS,
  NOT_BEGUN,
  PAST_DEADLINE,
  sweepReasons,
  WORKER_VANISHED,
  type SweepCause,
} from './job-reasons.ts';
export {
  FinishedJob,
  type HeldJob,
  QueuedJob,
  RunningJob,
  type FailedAttempt,
  type Job,
  type JobHasEnded,
  type JobInTime,
  type JobNotDue,
  type JobOverdue,
  type StaleToken,
  type Swept,
} from './job.ts';
export {
  jobStates,
  type Cancellation,
  type JobFacts,
  type JobFailureReason,
  type JobId,
  type JobProgress,
  type JobSnapshot,
  type JobState,
} from './job-snapshot.ts';
export { parseJobTerms, type InvalidJob, type JobLimits, type JobTerms, type ProposedJob } from './job-terms.ts';
export type { InvalidRecurrence } from './recurrence/invalid-recurrence.ts';
export { Recurrence, type WrittenRecurrence } from './recurrence/recurrence.ts';
export { shortMonthPolicies, unitMs, type EveryUnit, type Rule, type ShortMonthPolicy } from './recurrence/rule.ts';
export { weekdays, type Weekday } from './recurrence/weekday.ts';
export { gapPolicies, overlapPolicies, type GapPolicy, type OverlapPolicy } from './recurrence/zoned-calendar.ts';
export { restoreJob } from './restore-job.ts';
export { jobRetryPolicy, retryDelay, type RetryPolicy } from './retry-policy.ts';
export { readableReason } from './readable-reason.ts';
export { MOST_MISSED_RUNS, PUNCTUAL_MS, type MissedRuns } from './missed-runs.ts';
export { Schedule, type DueJob, type ScheduleChange } from './schedule.ts';
export type {
  InvalidSchedule,
  PlanUnreadable,
  ScheduleNameTaken,
  ScheduleNotFound,
  StaleSchedule,
} from './schedule.errors.ts';
export { parseScheduleDetails, type ScheduleDetails } from './schedule-details.ts';
export { SchedulePlan, type WrittenPlan } from './schedule-plan.ts';
export type { JobTemplate, Refusal, ScheduleId, ScheduleSnapshot, ScheduleText } from './schedule-snapshot.ts';
