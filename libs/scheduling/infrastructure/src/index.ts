export { ClockTime, DatabaseTime, QueueTime } from './database/queue-time.ts';
export { schedulingSchema } from './database/scheduling-schema.ts';
export { jobWorkerModule } from './job-worker.module.ts';
export { schedulingModule } from './scheduling.module.ts';
