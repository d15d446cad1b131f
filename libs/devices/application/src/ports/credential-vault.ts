import type { DeviceCredentials } from '#devices/contracts';
import type { DeviceId, SealedCredentials } from '#devices/domain';

/**
 * Keeps credentials unreadable at rest.
 *
 * What is sealed for a device opens for that device only and under the same key only, and not when a single bit of it
 * has changed; otherwise `open` throws `CredentialsUnreadable`. Sealing the same credentials twice gives different
 * bytes. Either call may ask a remote service: make it outside of a transaction. Rejects with the signal's reason on abort.
 */
export abstract class CredentialVault {
  abstract seal(device: DeviceId, credentials: DeviceCredentials, signal: AbortSignal): Promise<SealedCredentials>;
  abstract open(device: DeviceId, sealed: SealedCredentials, signal: AbortSignal): Promise<DeviceCredentials>;
}
