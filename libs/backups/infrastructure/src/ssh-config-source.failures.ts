import type { CollectionFailure } from '#backups/domain';
import type { DeviceAccess } from '#devices/contracts';
import { assertNever } from '#kernel';
import type { SshFailure } from '#platform/ssh';

/** What a connection that did not come about means for the collection. */
export function failureOfConnection(failure: SshFailure, { hostKey, credentials }: DeviceAccess): CollectionFailure {
  switch (failure.kind) {
    case 'HostKeyRefused':
      return { kind: 'HostKeyChanged', pinned: hostKey?.fingerprint ?? '', presented: failure.presented };
    case 'AuthenticationRefused':
      return { kind: 'AuthenticationFailed', username: credentials.username };
    case 'Unreachable':
      return { kind: 'DeviceUnreachable', reason: failure.reason };
    default:
      return assertNever(failure);
  }
}
