export { JobAdmission } from './job-admission.ts';
export { EndedJobs, type EndedLongAgo } from './ports/ended-jobs.ts';
export { JobHistory, type HistoryCursor, type HistoryPage, type KeptEvent } from './ports/job-history.ts';
export { JobNotices, type JobNotice } from './ports/job-notices.ts';
export {
  JobQueue,
  type AfterFailure,
  type AttemptFailure,
  type CancelRefused,
  type CancelRequest,
  type ClaimedJob,
  type JobClaim,
  type JobNotEnded,
  type JobNotFound,
  type LeaseState,
  type RetryRefused,
  type RetryRequest,
  type SubmitRefused,
  type SweptJob,
} from './ports/job-queue.ts';
export { JobReader, jobSorts, type JobPage, type JobSort } from './ports/job-reader.ts';
export { JobTypes } from './ports/job-types.ts';
export { Randomness } from './ports/randomness.ts';
export { SchedulerControl, type AliveWorker, type SchedulerState, type TypeCount } from './ports/scheduler-control.ts';
export { WorkerJournal, type WorkerEvent } from './ports/worker-journal.ts';
export { WorkerRegistry, type WorkerReport } from './ports/worker-registry.ts';
export { FindJob, type FindJobQuery } from './queries/find-job.ts';
export { ListJobs, type ListedJobs, type ListJobsQuery } from './queries/list-jobs.ts';
export { ReadJobHistory, type HistoryOfJob, type ReadJobHistoryQuery } from './queries/read-job-history.ts';
export { ReadScheduler } from './queries/read-scheduler.ts';
export { CancelJob, type CancelJobCommand } from './use-cases/cancel-job.ts';
export { PauseScheduler, type PauseSchedulerCommand } from './use-cases/pause-scheduler.ts';
export { KEEP_DAYS, PRUNE_JOB } from './prune-job.ts';
export { PruneJobs, type PrunedJobs, type PruneJobsCommand } from './use-cases/prune-jobs.ts';
export { ResumeScheduler } from './use-cases/resume-scheduler.ts';
export { RetryJob, type RetryJobCommand } from './use-cases/retry-job.ts';
export { SubmitJob, type SubmitJobCommand, type SubmittedJob } from './use-cases/submit-job.ts';
export { SweepExpiredLeases, type SweepExpiredLeasesCommand } from './use-cases/sweep-expired-leases.ts';
export { JobWorker, type JobWorkerParts } from './worker/job-worker.ts';
export { usualWorkerSettings, type WorkerSettings } from './worker/worker-settings.ts';
export { ScheduleJournal, type ScheduleEvent } from './schedules/ports/schedule-journal.ts';
export { ScheduleReader, type SchedulePage } from './schedules/ports/schedule-reader.ts';
export { Schedules } from './schedules/ports/schedules.ts';
export { SchedulesTransaction, type SchedulesStores } from './schedules/ports/schedules-transaction.ts';
export { FindSchedule, type FindScheduleQuery } from './schedules/queries/find-schedule.ts';
export { ListSchedules, type ListedSchedules, type ListSchedulesQuery } from './schedules/queries/list-schedules.ts';
export { PreviewPlan, type PreviewedPlan, type PreviewPlanQuery } from './schedules/queries/preview-plan.ts';
export { PreviewSchedule, type PreviewScheduleQuery } from './schedules/queries/preview-schedule.ts';
export type { JobTemplateRefused } from './schedules/refused-template.ts';
export { ScheduleRunner, usualScheduleRunnerSettings } from './schedules/schedule-runner.ts';
export { viewOf, type ScheduleView } from './schedules/schedule-view.ts';
export {
  ChangeSchedule,
  type ChangeScheduleCommand,
  type ChangeScheduleError,
} from './schedules/use-cases/change-schedule.ts';
export {
  CreateSchedule,
  type CreateScheduleCommand,
  type CreateScheduleError,
} from './schedules/use-cases/create-schedule.ts';
export {
  CreateStandingSchedules,
  type CreatedStandingSchedules,
} from './schedules/use-cases/create-standing-schedules.ts';
export { FireDueSchedules, type FireDueSchedulesCommand } from './schedules/use-cases/fire-due-schedules.ts';
export { PauseSchedule, type PauseScheduleError } from './schedules/use-cases/pause-schedule.ts';
export { RemoveSchedule, type RemoveScheduleError } from './schedules/use-cases/remove-schedule.ts';
export { ResumeSchedule, type ResumeScheduleError } from './schedules/use-cases/resume-schedule.ts';
