import type { ContentHash } from '#backups/domain';
import type { Secret } from '#kernel';
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
/** Begins with a byte that no configuration begins with; what is plain and begins like this all the same is known by its hash. */
const MAGIC = Buffer.from('\0LSC\x01', 'latin1');
const KEY_BYTES = 32;
const KEY_ID_BYTES = 8;
const HASH_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Node accepts tags as short as four bytes unless it is told how long they are. */
const TAG = { authTagLength: TAG_BYTES };

const BOUND = MAGIC.length + KEY_ID_BYTES + HASH_BYTES;
const HEADER = BOUND + NONCE_BYTES;

/** How many bytes a sealed content is longer than the plain one. */
export const SEAL_BYTES = HEADER + TAG_BYTES;

/**
 * Seals contents with AES-256-GCM, each under a key of its own that is derived from the master key and the hash of the content.
 *
 * Sealed bytes are: what the format is known by, the id of the master key, the hash of the plain bytes, the nonce, the
 * ciphertext, the tag. The tag covers all before the nonce too, so that a content cannot be put in another's place, and what is
 * found there instead says what it is.
 *
 * Contents keep the hash of their plain bytes as name. So who sees the store, without the key, sees which devices have had the
 * same configuration, and can confirm a guess at a whole configuration, not read one. Names that depend on the key would hide
 * that, and with it what lets anybody check the store against the list of versions.
 */
export class ContentSeal {
  readonly #master: Buffer;
  readonly #keyId: Buffer;
  readonly #random: (bytes: number) => Uint8Array;

  /** @param masterKey 32 bytes as base64 */
  constructor(masterKey: Secret, random: (bytes: number) => Uint8Array = randomBytes) {
    this.#random = random;
    this.#master = Buffer.from(masterKey.reveal(), 'base64');
    if (this.#master.length !== KEY_BYTES) throw new RangeError(`The master key must be ${KEY_BYTES} bytes as base64.`);
    this.#keyId = derive(this.#master, { salt: '', purpose: 'lockstep/backups/contents/key-id', bytes: KEY_ID_BYTES });
  }

  /** Tells master keys apart, and nothing about them. */
  get keyId(): string {
    return this.#keyId.toString('hex');
  }

  seal(hash: ContentHash, plain: Uint8Array): Uint8Array {
    const bound = Buffer.concat([MAGIC, this.#keyId, Buffer.from(hash, 'hex')]);
    const nonce = this.#random(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.#keyOf(hash), nonce, TAG).setAAD(bound);
    const text = cipher.update(plain);
    return Buffer.concat([bound, nonce, text, cipher.final(), cipher.getAuthTag()]);
  }

  /** The plain bytes; null when these are not what was sealed for this content under this key. */
  open(hash: ContentHash, sealed: Uint8Array): Uint8Array | null {
    if (!isSealed(sealed) || sealed.length < SEAL_BYTES) return null;
    const nonce = sealed.subarray(BOUND, HEADER);
    const decipher = createDecipheriv(ALGORITHM, this.#keyOf(hash), nonce, TAG)
      .setAAD(sealed.subarray(0, BOUND))
      .setAuthTag(sealed.subarray(-TAG_BYTES));
    const plain = decipher.update(sealed.subarray(HEADER, -TAG_BYTES));
    try {
      return Buffer.concat([plain, decipher.final()]);
    } catch {
      return null;
    }
  }

  #keyOf(hash: ContentHash): Buffer {
    return derive(this.#master, { salt: hash, purpose: 'lockstep/backups/contents', bytes: KEY_BYTES });
  }
}

export function isSealed(bytes: Uint8Array): boolean {
  return MAGIC.equals(bytes.subarray(0, MAGIC.length));
}

/** The hash of the content that sealed bytes say they are, as far as their tag confirms it. */
export function hashIn(sealed: Uint8Array): ContentHash {
  return hex(sealed.subarray(MAGIC.length + KEY_ID_BYTES, BOUND)) as ContentHash;
}

export function keyIdIn(sealed: Uint8Array): string {
  return hex(sealed.subarray(MAGIC.length, MAGIC.length + KEY_ID_BYTES));
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

type Derivation = { readonly salt: string; readonly purpose: string; readonly bytes: number };

function derive(master: Buffer, { salt, purpose, bytes }: Derivation): Buffer {
  return Buffer.from(hkdfSync('sha256', master, salt, purpose, bytes));
}
