export { applyUnified } from './apply-unified.ts';
export {
  itBehavesLikeAConfigSource,
  type ConfigSourceUnderTest,
  type DeviceUnderTest,
} from './config-source.contract.ts';
export { itBehavesLikeAConfigStore, type ConfigStoreUnderTest } from './config-store.contract.ts';
export { itBehavesLikeHashing } from './hashing.contract.ts';
export { InMemoryBackupsTransaction } from './in-memory-backups-transaction.ts';
export { InMemoryConfigSource, type InMemoryDevice } from './in-memory-config-source.ts';
export { InMemoryConfigStore } from './in-memory-config-store.ts';
export { InMemoryVersionReader } from './in-memory-version-reader.ts';
export { itBehavesLikeALineDiff } from './line-diff.contract.ts';
export { NumberingHashing } from './numbering-hashing.ts';
export { TrimmingLineDiff } from './trimming-line-diff.ts';
export { itBehavesLikeVersions, type VersionsUnderTest } from './versions.contract.ts';
export { transactionOverVersions } from './transaction-over-versions.ts';
