export { BACKUP_JOB } from './backup-job.ts';
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
export { ListVersions, type ListVersionsQuery, type NoVersions, type VersionPage } from './queries/list-versions.ts';
export { ReadVersionContent, type VersionContent } from './queries/read-version-content.ts';
export { ReadVersion, type VersionNotFound } from './queries/read-version.ts';
export {
  RequestBackups,
  type BackupsRefused,
  type RequestBackupsCommand,
  type RequestedBackup,
} from './use-cases/request-backups.ts';
export { RunBackup, type BackupMade, type RunBackupCommand, type RunBackupPorts } from './use-cases/run-backup.ts';
