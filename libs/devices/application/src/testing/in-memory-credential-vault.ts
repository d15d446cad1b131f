import { CredentialsUnreadable, type DeviceCredentials } from '#devices/contracts';
import type { DeviceId, SealedCredentials } from '#devices/domain';
import type { CredentialVault } from '../ports/credential-vault.ts';

type Deposit = { readonly device: DeviceId; readonly credentials: DeviceCredentials };

/** Keeps the credentials to itself and gives out the number of the place where they lie, which tells nothing. */
export class InMemoryCredentialVault implements CredentialVault {
  readonly #deposits = new Map<string, Deposit>();

  async seal(device: DeviceId, credentials: DeviceCredentials, signal: AbortSignal): Promise<SealedCredentials> {
    signal.throwIfAborted();
    const place = this.#deposits.size + 1;
    // Written twice, so that no single changed bit leads to another deposit.
    const bytes = new Uint8Array(Uint32Array.of(place, ~place).buffer);
    this.#deposits.set(bytes.toString(), { device, credentials });
    return { keyId: 'in-memory', bytes };
  }

  async open(device: DeviceId, { keyId, bytes }: SealedCredentials, signal: AbortSignal): Promise<DeviceCredentials> {
    signal.throwIfAborted();
    if (keyId !== 'in-memory') throw new CredentialsUnreadable(device, 'another key');
    const deposit = this.#deposits.get(bytes.toString());
    if (deposit?.device !== device) throw new CredentialsUnreadable(device, 'not authentic');
    return deposit.credentials;
  }
}
