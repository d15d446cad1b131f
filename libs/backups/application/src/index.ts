export { BACKUP_JOB, BATCH_JOB, FRESHNESS_JOB } from './backup-job.ts';
export { BackupStatuses } from './ports/backup-statuses.ts';
export { BackupStatusReader, type BackupStatusesWanted } from './ports/backup-status-reader.ts';
export { BackupsTransaction, type BackupsStores } from './ports/backups-transaction.ts';
export { ConfigSource } from './ports/config-source.ts';
export { ConfigDamaged, ConfigMissing, ConfigStore } from './ports/config-store.ts';
export { ContentFence, type Condemnation, type FenceMark } from './ports/content-fence.ts';
export { Hashing } from './ports/hashing.ts';
export { LineDiff, type DiffTooLarge, type LabelledText } from './ports/line-diff.ts';
export { StoredContents, type Examination, type StoredContent } from './ports/stored-contents.ts';
export { VerificationReader, Verifications, type FindingsWanted } from './ports/verifications.ts';
export {
  VersionInventory,
  type ContentsWanted,
  type DevicesWanted,
  type NamedContent,
} from './ports/version-inventory.ts';
export { VersionReader, type VersionsWanted } from './ports/version-reader.ts';
export { Versions } from './ports/versions.ts';
export { DiffVersions, type DiffRefused, type DiffVersionsQuery } from './queries/diff-versions.ts';
export {
  ListBackupStatuses,
  type BackupStatusPage,
  type ListBackupStatusesQuery,
} from './queries/list-backup-statuses.ts';
export { ListVersions, type ListVersionsQuery, type NoVersions, type VersionPage } from './queries/list-versions.ts';
export {
  ReadBackupStatus,
  type DeviceUnknown,
  type ReadBackupStatusPorts,
  type ReadStatus,
} from './queries/read-backup-status.ts';
export {
  ReadVersionContent,
  type ContentRefused,
  type ContentView,
  type ReadVersionContentQuery,
  type VersionContent,
} from './queries/read-version-content.ts';
export { ReadVersion, type VersionNotFound } from './queries/read-version.ts';
export type { QueueFull, RequestedBackup } from './submit-runs.ts';
export {
  JudgeFreshness,
  type FreshnessJudged,
  type FreshnessObjective,
  type JudgeFreshnessPorts,
} from './use-cases/judge-freshness.ts';
export {
  RequestBackups,
  type BackupsRefused,
  type RequestBackupsCommand,
  type RequestBackupsPorts,
} from './use-cases/request-backups.ts';
export { RequestBatch } from './use-cases/request-batch.ts';
export { RunBatch, type BatchMade, type RunBatchCommand, type RunBatchPorts } from './use-cases/run-batch.ts';
export {
  STORE_JOBS,
  STORE_RETENTION_JOB,
  STORE_SWEEP_JOB,
  STORE_VERIFY_JOB,
  sweepStoreJob,
  verifyStoreJob,
  type RetentionPayload,
  type VerifyStorePayload,
} from './store-jobs.ts';
export {
  RetainVersions,
  type RetainVersionsCommand,
  type RetainVersionsPorts,
  type Retained,
} from './use-cases/retain-versions.ts';
export {
  ReadVerification,
  type ReadVerificationQuery,
  type VerificationNotFound,
  type VerificationPage,
} from './queries/read-verification.ts';
export { RequestUpkeep, type RequestUpkeepCommand } from './use-cases/request-upkeep.ts';
export { SweepUnreferenced, type SweepCommand, type SweepPorts, type Swept } from './use-cases/sweep-unreferenced.ts';
export { VerifyStore, type VerifyStoreCommand, type VerifyStorePorts } from './use-cases/verify-store.ts';
export {
  RunBackup,
  type BackupMade,
  type RunBackupCommand,
  type RunBackupContext,
  type RunBackupPorts,
} from './use-cases/run-backup.ts';
