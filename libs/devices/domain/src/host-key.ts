import { err, ok, type Result } from '#kernel';
import type { InvalidHostKey } from './device.errors.ts';

const ALGORITHM = /^[a-z0-9][a-z0-9@.-]{0,63}$/;
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
    return ALGORITHM.test(key.algorithm) && FINGERPRINT.test(key.fingerprint)
      ? ok(new HostKey(key))
      : err({ kind: 'InvalidHostKey', algorithm: key.algorithm, fingerprint: key.fingerprint });
  }

  equals(other: HostKeyText): boolean {
    return this.algorithm === other.algorithm && this.fingerprint === other.fingerprint;
  }
}
