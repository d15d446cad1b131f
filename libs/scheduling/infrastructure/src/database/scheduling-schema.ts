import type { DatabaseSchema } from '#platform/database';
import { CreateJobs1795219200000 } from '../migrations/1795219200000-create-jobs.ts';
import { LimitJobs1795306000100 } from '../migrations/1795306000100-limit-jobs.ts';
import { jobRow } from './job.row.ts';

export const schedulingSchema: DatabaseSchema = {
  rows: [jobRow],
  migrations: [CreateJobs1795219200000, LimitJobs1795306000100],
};
