import type { DeviceId } from './device-directory.ts';

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
