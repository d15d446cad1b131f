import type { DatabaseSchema } from '#platform/database';
import { CreateJobs1795219200000 } from '../migrations/1795219200000-create-jobs.ts';
import { jobRow } from './job.row.ts';

export const schedulingSchema: DatabaseSchema = { rows: [jobRow], migrations: [CreateJobs1795219200000] };
