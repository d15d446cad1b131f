export { applyUnified } from './apply-unified.ts';
export { backupStatusReaderContract, type BackupStatusReaderUnderTest } from './backup-status-reader.contract.ts';
export { backupStatusesContract, type BackupStatusesUnderTest } from './backup-statuses.contract.ts';
export { configSourceContract, type ConfigSourceUnderTest, type DeviceUnderTest } from './config-source.contract.ts';
export { configStoreContract, type ConfigStoreUnderTest } from './config-store.contract.ts';
export { contentFenceContract, type ContentFenceUnderTest } from './content-fence.contract.ts';
export { hashingContract } from './hashing.contract.ts';
export { InMemoryBackupStatusReader } from './in-memory-backup-status-reader.ts';
export { InMemoryBackupStatuses } from './in-memory-backup-statuses.ts';
export { InMemoryBackupsTransaction } from './in-memory-backups-transaction.ts';
export { InMemoryConfigSource, type InMemoryDevice } from './in-memory-config-source.ts';
export { InMemoryConfigStore } from './in-memory-config-store.ts';
export { InMemoryVerificationReader } from './in-memory-verifications.ts';
export { InMemoryVersionInventory } from './in-memory-version-inventory.ts';
export { InMemoryVersionReader } from './in-memory-version-reader.ts';
export { lineDiffContract } from './line-diff.contract.ts';
export { NumberingHashing } from './numbering-hashing.ts';
export { storedContentsContract, type StoredContentsUnderTest } from './stored-contents.contract.ts';
export { TrimmingLineDiff } from './trimming-line-diff.ts';
export {
  verificationReaderContract,
  verificationsContract,
  type VerificationsUnderTest,
} from './verifications.contract.ts';
export { versionInventoryContract, type VersionInventoryUnderTest } from './version-inventory.contract.ts';
export { versionReaderContract, type VersionReaderUnderTest } from './version-reader.contract.ts';
export { versionsContract, type VersionsUnderTest } from './versions.contract.ts';
export { transactionOverVersions } from './transaction-over-versions.ts';
