import type { DatabaseSchema } from '#platform/database';
import { CreateJobs1795219200000 } from '../migrations/1795219200000-create-jobs.ts';
import { LimitJobs1795306000100 } from '../migrations/1795306000100-limit-jobs.ts';
import { IndexEndedJobs1795306000101 } from '../migrations/1795306000101-index-ended-jobs.ts';
import { CreateSchedules1795306000200 } from '../migrations/1795306000200-create-schedules.ts';
import { jobRow } from './job.row.ts';
import { scheduleRow } from './schedule.row.ts';

export const schedulingSchema: DatabaseSchema = {
  rows: [jobRow, scheduleRow],
  migrations: [
    CreateJobs1795219200000,
    LimitJobs1795306000100,
    IndexEndedJobs1795306000101,
    CreateSchedules1795306000200,
  ],
};
