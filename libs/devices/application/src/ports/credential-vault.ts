import type { DeviceCredentials } from '#devices/contracts';
import type { DeviceId, SealedCredentials } from '#devices/domain';

/** Thrown when sealed credentials cannot be opened: the key is another one, or they are not what was sealed for this device. */
export class CredentialsUnreadable extends Error {
  readonly deviceId: DeviceId;
  readonly why: 'another key' | 'not authentic';

  constructor(deviceId: DeviceId, why: CredentialsUnreadable['why']) {
    super(`The credentials of device ${deviceId} cannot be opened: ${why}.`);
    this.name = 'CredentialsUnreadable';
    this.deviceId = deviceId;
    this.why = why;
  }
}

/**
 * Keeps credentials unreadable at rest.
 *
 * What is sealed for a device opens for that device only and under the same key only, and not when a single bit of it
 * has changed; otherwise `open` throws {@link CredentialsUnreadable}. Sealing the same credentials twice gives different
 * bytes. Either call may ask a remote service: make it outside of a transaction. Rejects with the signal's reason on abort.
 */
export abstract class CredentialVault {
  abstract seal(device: DeviceId, credentials: DeviceCredentials, signal: AbortSignal): Promise<SealedCredentials>;
  abstract open(device: DeviceId, sealed: SealedCredentials, signal: AbortSignal): Promise<DeviceCredentials>;
}
