export { InMemoryJobHistory } from './in-memory-job-history.ts';
export { endedJobsContract, type EndedJobsUnderTest } from './ended-jobs.contract.ts';
export { InMemoryEndedJobs } from './in-memory-ended-jobs.ts';
export { InMemoryJobQueue } from './in-memory-job-queue.ts';
export { InMemoryJobReader } from './in-memory-job-reader.ts';
export { InMemoryJobTable } from './in-memory-job-table.ts';
export { InMemoryJobs, InMemoryJobsWithin } from './in-memory-jobs.ts';
export { InMemoryJobNotices, InMemorySchedulerControl, InMemoryWorkerRegistry } from './in-memory-scheduler.ts';
export { JobBuilder } from './job-builder.ts';
export { jobHistoryContract, type HistoryUnderTest } from './job-history.contract.ts';
export { jobNoticesContract, type NoticesUnderTest } from './job-notices.contract.ts';
export { jobQueueContract } from './job-queue.contract.ts';
export { jobReaderContract } from './job-reader.contract.ts';
export { jobTypesContract } from './job-types.contract.ts';
export { jobsOf, type EngineUnderTest } from './jobs-of-engine.ts';
export type { EngineFeature, QueueUnderTest } from './queue-under-test.ts';
export { randomnessContract } from './randomness.contract.ts';
export { RecordingJournal } from './recording-journal.ts';
export {
  schedulerControlContract,
  workerRegistryContract,
  type SchedulerUnderTest,
} from './scheduler-control.contract.ts';
export { workerJournalContract, type WorkerJournalUnderTest } from './worker-journal.contract.ts';
export { aSchedule, aScheduleText } from './a-schedule.ts';
export { InMemoryScheduleReader } from './in-memory-schedule-reader.ts';
export { InMemoryScheduleTable } from './in-memory-schedule-table.ts';
export { InMemorySchedulesTransaction } from './in-memory-schedules-transaction.ts';
export { RecordingScheduleJournal } from './recording-schedule-journal.ts';
export { scheduleJournalContract } from './schedule-journal.contract.ts';
export { scheduleReaderContract } from './schedule-reader.contract.ts';
export { schedulesContract } from './schedules.contract.ts';
export { transactionOverSchedules } from './transaction-over-schedules.ts';
