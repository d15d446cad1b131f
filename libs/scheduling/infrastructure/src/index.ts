export { ClockTime, DatabaseTime, QueueTime } from './database/queue-time.ts';
export { schedulingSchema } from './database/scheduling-schema.ts';
export { schedulingWorkerModule, type SchedulingWorkerOptions } from './scheduling-worker.module.ts';
export { schedulingModule, type SchedulingOptions } from './scheduling.module.ts';
