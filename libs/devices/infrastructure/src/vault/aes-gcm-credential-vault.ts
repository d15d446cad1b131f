import type { CredentialVault } from '#devices/application';
import { CredentialsUnreadable, type DeviceCredentials } from '#devices/contracts';
import type { DeviceId, SealedCredentials } from '#devices/domain';
import type { Secret } from '#kernel';
import { TextSeal } from '#platform/secrets';
import { readCredentials, writeCredentials } from './credential-text.ts';

/** What its key is derived for. */
export const PURPOSE = 'lockstep/devices/credentials';

/** Seals credentials for their device. */
export class AesGcmCredentialVault implements CredentialVault {
  readonly #seal: TextSeal;

  /** @param masterKey 32 bytes as base64 */
  constructor(masterKey: Secret) {
    this.#seal = new TextSeal(masterKey, PURPOSE);
  }

  async seal(device: DeviceId, credentials: DeviceCredentials, signal: AbortSignal): Promise<SealedCredentials> {
    signal.throwIfAborted();
    return { keyId: this.#seal.keyId, bytes: this.#seal.seal(device, writeCredentials(credentials)) };
  }

  async open(device: DeviceId, { keyId, bytes }: SealedCredentials, signal: AbortSignal): Promise<DeviceCredentials> {
    signal.throwIfAborted();
    if (keyId !== this.#seal.keyId) throw new CredentialsUnreadable(device, 'another key');
    const text = this.#seal.open(device, bytes);
    if (text === null) throw new CredentialsUnreadable(device, 'not authentic');
    return readCredentials(text);
  }
}
