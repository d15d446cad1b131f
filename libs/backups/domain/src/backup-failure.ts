import { assertNever } from '#kernel';
import type { CollectionFailure } from './dialogue/collection.errors.ts';
import { describeCollectionFailure } from './dialogue/describe-collection-failure.ts';
import type { StorageFailure } from './storage.errors.ts';
import type { Superseded } from './version.ts';

/** Why a run made no backup. */
export type BackupFailure =
  | CollectionFailure
  | StorageFailure
  | Superseded
  | { readonly kind: 'DeviceNotRegistered' }
  | { readonly kind: 'CredentialsUnreadable' }
  | { readonly kind: 'ModelUnknown'; readonly model: string };

/** Whether the next attempt may do better although nobody has done anything about the failure. */
export function isWorthAnotherAttempt(failure: BackupFailure): boolean {
  switch (failure.kind) {
    case 'DeviceUnreachable':
    case 'DeviceStalled':
    case 'ConfigurationIncomplete':
    case 'TimeLimitExceeded':
    case 'StorageFull':
    case 'StorageFailed':
    // The next attempt collects anew, and what it brings is the latest.
    case 'Superseded':
      return true;
    // Credentials are not offered again and again: devices lock accounts, and a changed key may be somebody else's.
    case 'AuthenticationFailed':
    case 'HostKeyUnknown':
    case 'HostKeyChanged':
    case 'AnswerTooLong':
    case 'AnswerGarbled':
    case 'CommandRejected':
    case 'DeviceNotRegistered':
    case 'CredentialsUnreadable':
    case 'ModelUnknown':
      return false;
    default:
      return assertNever(failure);
  }
}

/** The failure as a sentence for people. */
export function describeBackupFailure(failure: BackupFailure): string {
  switch (failure.kind) {
    case 'DeviceNotRegistered':
      return 'The device is not registered any more.';
    case 'CredentialsUnreadable':
      return 'The stored credentials of the device cannot be opened. If LOCKSTEP_MASTER_KEY has changed, restore it, or set the credentials again.';
    case 'ModelUnknown':
      return `There is no device model "${failure.model}".`;
    case 'StorageFull':
      return 'The configuration was collected, but there is no space left to store it.';
    case 'StorageFailed':
      return `The configuration was collected, but storing it failed: ${failure.reason}.`;
    case 'Superseded':
      return `A configuration that was collected later, at ${failure.by.toISOString()}, has been stored already.`;
    default:
      return describeCollectionFailure(failure);
  }
}
