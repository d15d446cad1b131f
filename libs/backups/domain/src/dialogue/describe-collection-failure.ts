import { assertNever } from '#kernel';
import type { CollectionFailure } from './collection.errors.ts';

/** The failure as a sentence for people. */
export function describeCollectionFailure(failure: CollectionFailure): string {
  switch (failure.kind) {
    case 'HostKeyUnknown':
      return 'No host key is pinned for the device: scan its key, compare it, and pin it.';
    case 'HostKeyChanged':
      return failure.presented === null
        ? `The device no longer offers the kind of host key that is pinned (${failure.pinned}).`
        : `The device shows the host key ${failure.presented}, but ${failure.pinned} is pinned.`;
    case 'DeviceUnreachable':
      return `The device cannot be reached: ${failure.reason}.`;
    case 'AuthenticationFailed':
      return `The device refuses the credentials of "${failure.username}".`;
    case 'ConfigurationIncomplete':
      return `The configuration is not complete: ${failure.reason}.`;
    case 'DeviceStalled':
      return `The device went silent while ${failure.waitingFor} was awaited.`;
    case 'AnswerTooLong':
      return `The device sent more than ${failure.limitBytes} bytes.`;
    case 'AnswerGarbled':
      return `The answer is garbled: ${failure.reason}.`;
    case 'CommandRejected':
      return `The device rejected "${failure.command}": ${failure.answer}`;
    case 'TimeLimitExceeded':
      return `The configuration was not collected within ${failure.milliseconds} ms.`;
    default:
      return assertNever(failure);
  }
}
