import { err, ok, type Result } from '#kernel';
import type { InvalidHostKey } from './device.errors.ts';

/** The kinds of key that are pinned, by the names that keys have on the wire; `rsa-sha2-512` is a signature, not a key. */
export const HOST_KEY_ALGORITHMS: readonly string[] = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'ssh-rsa',
];
/** 32 bytes in base64, as `ssh-keygen -l` prints them; the last character carries four bits. */
const FINGERPRINT = /^SHA256:[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]$/;

export type HostKeyText = { readonly algorithm: string; readonly fingerprint: string };

/** The public key by which a device is told from an impostor. */
export class HostKey implements HostKeyText {
  readonly algorithm: string;
  readonly fingerprint: string;

  private constructor({ algorithm, fingerprint }: HostKeyText) {
    this.algorithm = algorithm;
    this.fingerprint = fingerprint;
  }

  static parse(key: HostKeyText): Result<HostKey, InvalidHostKey> {
    return HOST_KEY_ALGORITHMS.includes(key.algorithm) && FINGERPRINT.test(key.fingerprint)
      ? ok(new HostKey(key))
      : err({ kind: 'InvalidHostKey', algorithm: key.algorithm, fingerprint: key.fingerprint });
  }

  equals(other: HostKeyText): boolean {
    return this.algorithm === other.algorithm && this.fingerprint === other.fingerprint;
  }
}
