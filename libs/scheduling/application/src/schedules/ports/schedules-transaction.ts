import { Transaction } from '#kernel';
import type { Jobs } from '#scheduling/contracts';
import type { Schedules } from './schedules.ts';

export type SchedulesStores = { readonly schedules: Schedules; readonly jobs: Jobs };

/** One transaction over the schedules and the jobs: a tick is over when its job is there, and not otherwise. */
export abstract class SchedulesTransaction extends Transaction<SchedulesStores> {}
