import { assertNever, type Json } from '#kernel';
import type { Cancellation, JobFacts, JobId, JobProgress, JobSnapshot, JobState } from '#scheduling/domain';
import { EntitySchema } from 'typeorm';

export type JobRow = {
  readonly id: string;
  readonly type: string;
  /** JSON; not typed so, because TypeORM's types would follow it down for ever. */
  readonly payload: unknown;
  readonly priority: number;
  readonly dueAt: Date;
  readonly maxAttempts: number;
  readonly timeoutMs: number;
  readonly submittedAt: Date;
  readonly state: JobState;
  readonly attempt: number;
  readonly token: number;
  readonly worker: string | null;
  readonly leaseExpiresAt: Date | null;
  readonly result: unknown;
  readonly failure: string | null;
  readonly finishedAt: Date | null;
  readonly idempotencyKey: string | null;
  readonly queueTimeoutMs: number | null;
  readonly deadlineMs: number | null;
  readonly heartbeatTimeoutMs: number | null;
  readonly startBy: Date | null;
  readonly endBy: Date | null;
  readonly progress: JobProgress | null;
  readonly progressBy: Date | null;
  readonly cancelledAt: Date | null;
  readonly cancelledBy: string | null;
  readonly cancelReason: string | null;
  readonly parked: boolean;
  /** Belongs to the engine: where the job stands among those that are due. */
  readonly rank: Date;
};

export const jobRow = new EntitySchema<JobRow>({
  name: 'Job',
  tableName: 'jobs',
  columns: {
    id: { type: 'uuid', primary: true, primaryKeyConstraintName: 'pk_jobs' },
    type: { type: 'text' },
    payload: { type: 'json' },
    priority: { type: 'smallint' },
    dueAt: { name: 'due_at', type: 'timestamptz' },
    maxAttempts: { name: 'max_attempts', type: 'smallint' },
    timeoutMs: { name: 'timeout_ms', type: 'integer' },
    submittedAt: { name: 'submitted_at', type: 'timestamptz' },
    state: { type: 'text' },
    attempt: { type: 'smallint' },
    token: { type: 'integer' },
    worker: { type: 'text', nullable: true },
    leaseExpiresAt: { name: 'lease_expires_at', type: 'timestamptz', nullable: true },
    result: { type: 'json', nullable: true },
    failure: { type: 'text', nullable: true },
    finishedAt: { name: 'finished_at', type: 'timestamptz', nullable: true },
    idempotencyKey: { name: 'idempotency_key', type: 'text', nullable: true },
    queueTimeoutMs: { name: 'queue_timeout_ms', type: 'integer', nullable: true },
    deadlineMs: { name: 'deadline_ms', type: 'integer', nullable: true },
    heartbeatTimeoutMs: { name: 'heartbeat_timeout_ms', type: 'integer', nullable: true },
    startBy: { name: 'start_by', type: 'timestamptz', nullable: true },
    endBy: { name: 'end_by', type: 'timestamptz', nullable: true },
    progress: { type: 'json', nullable: true },
    progressBy: { name: 'progress_by', type: 'timestamptz', nullable: true },
    cancelledAt: { name: 'cancelled_at', type: 'timestamptz', nullable: true },
    cancelledBy: { name: 'cancelled_by', type: 'text', nullable: true },
    cancelReason: { name: 'cancel_reason', type: 'text', nullable: true },
    parked: { type: 'boolean', default: false },
    rank: { type: 'timestamptz' },
  },
  // TypeORM compares checks by name; what they say stands in the migration.
  checks: [
    { name: 'ck_jobs_attempt', expression: '' },
    { name: 'ck_jobs_state', expression: '' },
    { name: 'ck_jobs_rank', expression: '' },
    { name: 'ck_jobs_cancelled', expression: '' },
  ],
  indices: [
    { name: 'ix_jobs_claimable', columns: ['rank', 'id'], synchronize: false },
    { name: 'ix_jobs_expiring', columns: ['leaseExpiresAt'], synchronize: false },
    { name: 'ix_jobs_overdue', columns: ['startBy'], synchronize: false },
    { name: 'uq_jobs_idempotency_key', columns: ['idempotencyKey'], unique: true, synchronize: false },
    { name: 'ix_jobs_finished', columns: ['finishedAt', 'id'], synchronize: false },
    { name: 'ix_jobs_type', columns: ['type', 'id'] },
    { name: 'ix_jobs_state', columns: ['state', 'id'] },
  ],
});

export function snapshotOf(row: JobRow): JobSnapshot {
  const { id, type, payload, priority, dueAt, maxAttempts, timeoutMs, submittedAt, attempt, token } = row;
  const { idempotencyKey, queueTimeoutMs, deadlineMs, heartbeatTimeoutMs, startBy, endBy, progress } = row;
  const limits = { idempotencyKey, queueTimeoutMs, deadlineMs, heartbeatTimeoutMs };
  const terms = { type, payload: payload as Json, priority, dueAt, maxAttempts, timeoutMs, ...limits };
  const failure = row.failure === null ? null : { reason: row.failure };
  const progressed = { startBy, endBy, attempt, token, progress };
  const facts: JobFacts = {
    ...terms,
    id: id as JobId,
    submittedAt,
    ...progressed,
    failure,
    cancellation: cancellationOf(row),
  };
  switch (row.state) {
    case 'queued':
      return { ...facts, state: row.state };
    case 'running':
      return {
        ...facts,
        state: row.state,
        worker: required(row, 'worker'),
        leaseExpiresAt: required(row, 'leaseExpiresAt'),
        progressBy: row.progressBy,
      };
    case 'succeeded':
      return { ...facts, state: row.state, result: row.result as Json, finishedAt: required(row, 'finishedAt') };
    case 'failed':
      return { ...facts, state: row.state, finishedAt: required(row, 'finishedAt'), parked: row.parked };
    case 'cancelled':
      return { ...facts, state: row.state, finishedAt: required(row, 'finishedAt') };
    default:
      return assertNever(row.state);
  }
}

function cancellationOf({ cancelledAt: at, cancelledBy: by, cancelReason: reason }: JobRow): Cancellation | null {
  return at === null || by === null ? null : { by, reason, at };
}

/** The table's checks promise it; a row that breaks them must not travel on as a job. */
function required<Key extends keyof JobRow>(row: JobRow, key: Key): NonNullable<JobRow[Key]> {
  const value = row[key];
  if (value === null || value === undefined) throw new Error(`The job ${row.id} is ${row.state} but has no ${key}.`);
  return value as NonNullable<JobRow[Key]>;
}
