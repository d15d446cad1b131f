import { createHash } from 'node:crypto';

/** A server's public key. `fingerprint` is what `ssh-keygen -l` prints: `SHA256:` and unpadded base64. */
export type HostKey = { readonly algorithm: string; readonly fingerprint: string };

/** Reads the key as it comes over the wire: its first string is the algorithm's name (RFC 4253, 6.6). */
export function hostKeyOf(blob: Buffer): HostKey {
  const length = blob.length >= 4 ? blob.readUInt32BE(0) : 0;
  const digest = createHash('sha256').update(blob).digest('base64').replace(/=+$/, '');
  return { algorithm: blob.toString('latin1', 4, 4 + length), fingerprint: `SHA256:${digest}` };
}
