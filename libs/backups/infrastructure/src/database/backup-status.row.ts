import type { BackupStatusSnapshot } from '#backups/domain';
import { EntitySchema } from 'typeorm';

export type BackupStatusFacts = Omit<BackupStatusSnapshot, 'lastFailure'> & {
  readonly lastFailureAt: Date | null;
  readonly lastFailureKind: string | null;
  readonly lastFailureReason: string | null;
};

export const BackupStatusRow = new EntitySchema<BackupStatusFacts>({
  name: 'BackupStatus',
  tableName: 'backup_statuses',
  columns: {
    deviceId: { type: 'uuid', name: 'device_id', primary: true, primaryKeyConstraintName: 'backup_statuses_pkey' },
    knownSince: { type: 'timestamptz', name: 'known_since' },
    lastSuccessAt: { type: 'timestamptz', name: 'last_success_at', nullable: true },
    lastFailureAt: { type: 'timestamptz', name: 'last_failure_at', nullable: true },
    lastFailureKind: { type: 'text', name: 'last_failure_kind', nullable: true },
    lastFailureReason: { type: 'text', name: 'last_failure_reason', nullable: true },
    consecutiveFailures: { type: 'integer', name: 'consecutive_failures', default: 0 },
    staleSince: { type: 'timestamptz', name: 'stale_since', nullable: true },
    jobId: { type: 'uuid', name: 'job_id', nullable: true },
  },
  checks: [
    { name: 'backup_statuses_failures_check', expression: 'consecutive_failures >= 0' },
    {
      name: 'backup_statuses_last_failure_check',
      expression: 'num_nulls(last_failure_at, last_failure_kind, last_failure_reason) IN (0, 3)',
    },
  ],
});

export function snapshotOf(row: BackupStatusFacts): BackupStatusSnapshot {
  const { lastFailureAt: at, lastFailureKind: kind, lastFailureReason: reason, ...facts } = row;
  return { ...facts, lastFailure: at === null ? null : { at, kind: kind ?? '', reason: reason ?? '' } };
}

export function rowOf({ lastFailure, ...facts }: BackupStatusSnapshot): BackupStatusFacts {
  const { at = null, kind = null, reason = null } = lastFailure ?? {};
  return { ...facts, lastFailureAt: at, lastFailureKind: kind, lastFailureReason: reason };
}
