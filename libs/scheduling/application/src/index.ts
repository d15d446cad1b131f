export { JobAdmission } from './job-admission.ts';
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
export { JobReader, type JobPage } from './ports/job-reader.ts';
export { JobTypes } from './ports/job-types.ts';
export { Randomness } from './ports/randomness.ts';
export { SchedulerControl, type AliveWorker, type SchedulerState, type TypeCount } from './ports/scheduler-control.ts';
export { WorkerJournal, type WorkerEvent } from './ports/worker-journal.ts';
export { WorkerRegistry, type WorkerReport } from './ports/worker-registry.ts';
export { FindJob, type FindJobQuery } from './queries/find-job.ts';
export { ListJobs, type ListedJobs, type ListJobsQuery } from './queries/list-jobs.ts';
export { SweepExpiredLeases, type SweepExpiredLeasesCommand } from './use-cases/sweep-expired-leases.ts';
export { JobWorker, type JobWorkerParts } from './worker/job-worker.ts';
export { usualWorkerSettings, type WorkerSettings } from './worker/worker-settings.ts';
