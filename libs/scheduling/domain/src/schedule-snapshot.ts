import type { Id } from '#kernel';
import type { ProposedJob } from './job-terms.ts';
import type { WrittenPlan } from './schedule-plan.ts';

export type ScheduleId = Id<'Schedule'>;

/** What is submitted at each tick. */
export type JobTemplate = Omit<ProposedJob, 'dueAt' | 'idempotencyKey'>;

/** Why the job of the next tick was not taken, how often by now, and when it is offered again. */
export type Refusal = {
  readonly reason: string;
  readonly at: Date;
  readonly times: number;
  readonly retryAt: Date;
};

/** What people decide about a schedule. */
export type ScheduleText = { readonly name: string; readonly plan: WrittenPlan; readonly job: JobTemplate };

/**
 * A schedule as plain data. `version` is 1 when it is created and grows by one with every change that people make; ticks that
 * run make no version.
 */
export type ScheduleSnapshot = ScheduleText & {
  readonly id: ScheduleId;
  readonly state: 'active' | 'paused';
  /** The next tick to run, in the past when it is due; null while paused, and when none is left. */
  readonly nextTick: Date | null;
  /** The last tick that was run, and the job it made; null when none was. */
  readonly lastRun: { readonly tick: Date; readonly jobId: string } | null;
  readonly refusal: Refusal | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly changedAt: Date;
};
