import type { Secret } from '#kernel';
import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, randomBytes, type KeyObject } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const FORMAT = 1;
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Node accepts tags as short as four bytes unless it is told how long they are. */
const TAG = { authTagLength: TAG_BYTES };

/**
 * Seals with AES-256-GCM, under a key derived from the master key for one purpose alone.
 *
 * Sealed bytes are: one byte for the format, the nonce, the ciphertext, the tag. The tag also covers the format, the id
 * of the key and the owner, so that none of these can be exchanged. Nonces are random: 2^32 sealings under one
 * master key are far from a repetition (NIST SP 800-38D, 8.3).
 */
export class TextSeal {
  /** Tells master keys apart, and nothing about them. */
  readonly keyId: string;
  readonly #key: KeyObject;

  /** @param masterKey 32 bytes as base64. @param purpose such as `lockstep/devices/credentials`; never changes. */
  constructor(masterKey: Secret, purpose: string) {
    const master = Buffer.from(masterKey.reveal(), 'base64');
    if (master.length !== KEY_BYTES) throw new RangeError(`The master key must be ${KEY_BYTES} bytes as base64.`);
    this.#key = createSecretKey(derive(master, { purpose, bytes: KEY_BYTES }));
    this.keyId = derive(master, { purpose: `${purpose}/key-id`, bytes: 8 }).toString('hex');
  }

  seal(owner: string, text: string): Uint8Array {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.#key, nonce, TAG).setAAD(this.#boundTo(owner));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Uint8Array.from(Buffer.concat([Uint8Array.of(FORMAT), nonce, sealed, cipher.getAuthTag()]));
  }

  /** The text; null when these are not the bytes that were sealed for this owner under this key. */
  open(owner: string, bytes: Uint8Array): string | null {
    if (bytes[0] !== FORMAT || bytes.length < 1 + NONCE_BYTES + TAG_BYTES) return null;
    const [nonce, sealed, tag] = [
      bytes.subarray(1, 1 + NONCE_BYTES),
      bytes.subarray(1 + NONCE_BYTES, -TAG_BYTES),
      bytes.subarray(-TAG_BYTES),
    ];
    const decipher = createDecipheriv(ALGORITHM, this.#key, nonce, TAG).setAAD(this.#boundTo(owner)).setAuthTag(tag);
    const decrypted = decipher.update(sealed);
    try {
      return Buffer.concat([decrypted, decipher.final()]).toString('utf8');
    } catch {
      return null;
    }
  }

  #boundTo(owner: string): Buffer {
    return Buffer.from(JSON.stringify([FORMAT, this.keyId, owner]));
  }
}

function derive(master: Buffer, { purpose, bytes }: { purpose: string; bytes: number }): Buffer {
  return Buffer.from(hkdfSync('sha256', master, '', purpose, bytes));
}
