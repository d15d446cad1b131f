import { Schedule, type Refusal, type ScheduleId, type ScheduleSnapshot } from '#scheduling/domain';
import { EntitySchema } from 'typeorm';

export type ScheduleRow = {
  readonly id: string;
  readonly name: string;
  /** JSON; not typed so, because TypeORM's types would follow it down for ever. */
  readonly plan: unknown;
  readonly job: unknown;
  readonly jobType: string;
  readonly state: ScheduleSnapshot['state'];
  readonly nextTick: Date | null;
  /** When a scheduler is to come by: at the next tick, or later where its job was refused. */
  readonly lookAt: Date | null;
  readonly lastTick: Date | null;
  readonly lastJobId: string | null;
  readonly refusalReason: string | null;
  readonly refusalAt: Date | null;
  readonly refusalTimes: number | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly changedAt: Date;
};

export const UNIQUE_SCHEDULE_NAME = 'uq_schedules_name';

export const scheduleRow = new EntitySchema<ScheduleRow>({
  name: 'Schedule',
  tableName: 'schedules',
  columns: {
    id: { type: 'uuid', primary: true, primaryKeyConstraintName: 'pk_schedules' },
    name: { type: 'text', collation: 'C' },
    plan: { type: 'json' },
    job: { type: 'json' },
    jobType: { name: 'job_type', type: 'text' },
    state: { type: 'text' },
    nextTick: { name: 'next_tick', type: 'timestamptz', nullable: true },
    lookAt: { name: 'look_at', type: 'timestamptz', nullable: true },
    lastTick: { name: 'last_tick', type: 'timestamptz', nullable: true },
    lastJobId: { name: 'last_job_id', type: 'uuid', nullable: true },
    refusalReason: { name: 'refusal_reason', type: 'text', nullable: true },
    refusalAt: { name: 'refusal_at', type: 'timestamptz', nullable: true },
    refusalTimes: { name: 'refusal_times', type: 'integer', nullable: true },
    version: { type: 'integer' },
    createdAt: { name: 'created_at', type: 'timestamptz' },
    changedAt: { name: 'changed_at', type: 'timestamptz' },
  },
  uniques: [{ name: UNIQUE_SCHEDULE_NAME, columns: ['name'] }],
  // TypeORM compares checks by name; what they say stands in the migration.
  checks: ['state', 'look_at', 'ticks', 'last_run', 'refusal', 'version'].map((name) => ({
    name: `ck_schedules_${name}`,
    expression: '',
  })),
  indices: [
    { name: 'ix_schedules_look_at', columns: ['lookAt', 'id'], synchronize: false },
    { name: 'ix_schedules_job_type', columns: ['jobType', 'lookAt'] },
  ],
});

export function rowOf(schedule: Schedule): ScheduleRow {
  const { lastRun, refusal, ...columns } = schedule.snapshot();
  return {
    ...columns,
    jobType: columns.job.type,
    lookAt: columns.nextTick && (refusal?.retryAt ?? columns.nextTick),
    lastTick: lastRun?.tick ?? null,
    lastJobId: lastRun?.jobId ?? null,
    refusalReason: refusal?.reason ?? null,
    refusalAt: refusal?.at ?? null,
    refusalTimes: refusal?.times ?? null,
  };
}

export function scheduleOf(row: ScheduleRow): Schedule {
  const { id, name, plan, job, state, nextTick, lastTick, lastJobId, version, createdAt, changedAt } = row;
  return Schedule.restore({
    id: id as ScheduleId,
    name,
    plan: plan as ScheduleSnapshot['plan'],
    job: job as ScheduleSnapshot['job'],
    state,
    nextTick,
    lastRun: lastTick === null || lastJobId === null ? null : { tick: lastTick, jobId: lastJobId },
    refusal: refusalOf(row),
    version,
    createdAt,
    changedAt,
  });
}

function refusalOf({ refusalReason: reason, refusalAt: at, refusalTimes: times, lookAt }: ScheduleRow): Refusal | null {
  if (reason === null || at === null || times === null || lookAt === null) return null;
  return { reason, at, times, retryAt: lookAt };
}
