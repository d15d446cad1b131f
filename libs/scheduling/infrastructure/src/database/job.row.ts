import { assertNever, type Json } from '#kernel';
import type { JobFacts, JobId, JobSnapshot, JobState } from '#scheduling/domain';
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
  },
  // TypeORM compares checks by name; what they say stands in the migration.
  checks: [
    { name: 'ck_jobs_attempt', expression: '' },
    { name: 'ck_jobs_state', expression: '' },
  ],
  indices: [
    { name: 'ix_jobs_claimable', columns: ['priority', 'dueAt', 'id'], synchronize: false },
    { name: 'ix_jobs_leased', columns: ['leaseExpiresAt'], synchronize: false },
    { name: 'ix_jobs_state', columns: ['state', 'id'] },
  ],
});

export function snapshotOf(row: JobRow): JobSnapshot {
  const { id, type, payload, priority, dueAt, maxAttempts, timeoutMs, submittedAt, attempt, token } = row;
  const terms = { type, payload: payload as Json, priority, dueAt, maxAttempts, timeoutMs };
  const failure = row.failure === null ? null : { reason: row.failure };
  const facts: JobFacts = { ...terms, id: id as JobId, submittedAt, attempt, token, failure };
  switch (row.state) {
    case 'queued':
      return { ...facts, state: row.state };
    case 'running':
      return {
        ...facts,
        state: row.state,
        worker: required(row, 'worker'),
        leaseExpiresAt: required(row, 'leaseExpiresAt'),
      };
    case 'succeeded':
      return { ...facts, state: row.state, result: row.result as Json, finishedAt: required(row, 'finishedAt') };
    case 'failed':
      return { ...facts, state: row.state, finishedAt: required(row, 'finishedAt') };
    default:
      return assertNever(row.state);
  }
}

/** The table's checks promise it; a row that breaks them must not travel on as a job. */
function required<Key extends keyof JobRow>(row: JobRow, key: Key): NonNullable<JobRow[Key]> {
  const value = row[key];
  if (value === null || value === undefined) throw new Error(`The job ${row.id} is ${row.state} but has no ${key}.`);
  return value as NonNullable<JobRow[Key]>;
}
