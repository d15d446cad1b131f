import type { CredentialVault } from '#devices/application';
import { CredentialsUnreadable, type DeviceCredentials } from '#devices/contracts';
import type { DeviceId, SealedCredentials } from '#devices/domain';
import type { Secret } from '#kernel';
import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, randomBytes, type KeyObject } from 'node:crypto';
import { readCredentials, writeCredentials } from './credential-text.ts';

const ALGORITHM = 'aes-256-gcm';
const FORMAT = 1;
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Node accepts tags as short as four bytes unless it is told how long they are. */
const TAG = { authTagLength: TAG_BYTES };

/**
 * Seals with AES-256-GCM, under a key derived from the master key for this purpose alone.
 *
 * Sealed bytes are: one byte for the format, the nonce, the ciphertext, the tag. The tag also covers the format, the id
 * of the key and that of the device, so that none of these can be exchanged. Nonces are random: 2^32 sealings under one
 * master key are far from a repetition (NIST SP 800-38D, 8.3).
 */
export class AesGcmCredentialVault implements CredentialVault {
  readonly #key: KeyObject;
  readonly #keyId: string;

  /** @param masterKey 32 bytes as base64 */
  constructor(masterKey: Secret) {
    const master = Buffer.from(masterKey.reveal(), 'base64');
    if (master.length !== KEY_BYTES) throw new RangeError(`The master key must be ${KEY_BYTES} bytes as base64.`);
    this.#key = createSecretKey(derive(master, { purpose: 'lockstep/devices/credentials', bytes: KEY_BYTES }));
    this.#keyId = derive(master, { purpose: 'lockstep/devices/credentials/key-id', bytes: 8 }).toString('hex');
  }

  async seal(device: DeviceId, credentials: DeviceCredentials, signal: AbortSignal): Promise<SealedCredentials> {
    signal.throwIfAborted();
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.#key, nonce, TAG).setAAD(this.#boundTo(device));
    const text = Buffer.concat([cipher.update(writeCredentials(credentials), 'utf8'), cipher.final()]);
    const bytes = Buffer.concat([Uint8Array.of(FORMAT), nonce, text, cipher.getAuthTag()]);
    return { keyId: this.#keyId, bytes: Uint8Array.from(bytes) };
  }

  async open(device: DeviceId, { keyId, bytes }: SealedCredentials, signal: AbortSignal): Promise<DeviceCredentials> {
    signal.throwIfAborted();
    if (keyId !== this.#keyId) throw new CredentialsUnreadable(device, 'another key');
    const text = this.#decrypt(device, bytes);
    if (text === null) throw new CredentialsUnreadable(device, 'not authentic');
    return readCredentials(text);
  }

  #decrypt(device: DeviceId, bytes: Uint8Array): string | null {
    if (bytes[0] !== FORMAT || bytes.length < 1 + NONCE_BYTES + TAG_BYTES) return null;
    const [nonce, text, tag] = [
      bytes.subarray(1, 1 + NONCE_BYTES),
      bytes.subarray(1 + NONCE_BYTES, -TAG_BYTES),
      bytes.subarray(-TAG_BYTES),
    ];
    const decipher = createDecipheriv(ALGORITHM, this.#key, nonce, TAG).setAAD(this.#boundTo(device)).setAuthTag(tag);
    const decrypted = decipher.update(text);
    try {
      return Buffer.concat([decrypted, decipher.final()]).toString('utf8');
    } catch {
      return null;
    }
  }

  #boundTo(device: DeviceId): Buffer {
    return Buffer.from(JSON.stringify([FORMAT, this.#keyId, device]));
  }
}

function derive(master: Buffer, { purpose, bytes }: { purpose: string; bytes: number }): Buffer {
  return Buffer.from(hkdfSync('sha256', master, '', purpose, bytes));
}
