export { describeBackupFailure, isWorthAnotherAttempt, type BackupFailure } from './backup-failure.ts';
export {
  BackupStatus,
  stateOf,
  type BackupState,
  type BackupStatusSnapshot,
  type DeviceEvent,
  type LastFailure,
} from './backup-status.ts';
export { parseContentHash, type ContentHash, type InvalidContentHash } from './content-hash.ts';
export type { CollectedConfiguration } from './dialogue/collected-configuration.ts';
export type { CollectionFailure } from './dialogue/collection.errors.ts';
export { describeCollectionFailure } from './dialogue/describe-collection-failure.ts';
export type { Dialogue, DialogueEvent, DialogueStep } from './dialogue/dialogue.ts';
export { dialogueWith } from './dialogue/dialogue-with.ts';
export { describeProof } from './models/describe-proof.ts';
export { deviceModels, modelNamed } from './models/device-models.ts';
export type { DeviceModel, ExecModel, ShellModel } from './models/device-model.ts';
export { restoreText } from './models/restore-text.ts';
export { redactSecrets } from './models/redact-secrets.ts';
export { significantText } from './models/significant-text.ts';
export type { StorageFailure } from './storage.errors.ts';
export { RetentionPolicy, type InvalidRetention, type RetentionRules } from './store/retention-policy.ts';
export { prefixOf, shardOf, SHARDS, type PartOfStore } from './store/shards.ts';
export {
  isDamage,
  Verification,
  type Finding,
  type FindingKind,
  type ShardSeen,
  type VerificationMode,
  type VerificationPlan,
  type VerificationSnapshot,
} from './store/verification.ts';
export {
  Version,
  type Collected,
  type Superseded,
  type Unchanged,
  type VersionId,
  type VersionSnapshot,
} from './version.ts';
