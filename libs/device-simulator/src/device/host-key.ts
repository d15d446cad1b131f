import { createHash, generateKeyPairSync, randomInt } from 'node:crypto';
import ssh2 from 'ssh2';

/** A host key as plain data: `privateKey` is text that OpenSSH reads too, so it can be kept between two starts. */
export type HostKeyPair = HostKeyIdentity & { readonly privateKey: string };
/** What `ssh-keygen -lf` says about the key. */
export type HostKeyIdentity = { readonly algorithm: string; readonly fingerprint: string };

const RSA_BITS = 2048;

export function newHostKey(kind: 'ed25519' | 'rsa' = 'ed25519'): HostKeyPair {
  return hostKeyOf(kind === 'rsa' ? newRsaKey() : newEd25519Key());
}

/** The key pair of a private key that was kept. */
export function hostKeyOf(privateKey: string): HostKeyPair {
  const parsed = ssh2.utils.parseKey(privateKey);
  if (parsed instanceof Error) throw new Error(`This is not a private key: ${parsed.message}.`);
  const key = Array.isArray(parsed) ? parsed[0] : parsed;
  const digest = createHash('sha256').update(key.getPublicSSH()).digest('base64');
  return { algorithm: key.type, fingerprint: `SHA256:${digest.replace(/=+$/, '')}`, privateKey };
}

function newRsaKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: RSA_BITS });
  return privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
}

// ssh2 can write such keys too, but one in some two hundred is then unreadable: it drops zeros at their beginning.
function newEd25519Key(): string {
  const { d, x } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const seed = Buffer.from(d ?? '', 'base64url');
  const point = Buffer.from(x ?? '', 'base64url');
  const algorithm = field('ssh-ed25519');
  const publicKey = Buffer.concat([algorithm, field(point)]);
  const check = number(randomInt(2 ** 32));
  const secret = Buffer.concat([check, check, publicKey, field(Buffer.concat([seed, point])), field('')]);
  const padding = Buffer.from(Array.from({ length: (8 - (secret.length % 8)) % 8 }, (_, at) => at + 1));
  return armoured(
    Buffer.concat([
      Buffer.from('openssh-key-v1\0'),
      ...[field('none'), field('none'), field(''), number(1), field(publicKey)],
      field(Buffer.concat([secret, padding])),
    ]),
  );
}

function armoured(key: Buffer): string {
  const lines = key.toString('base64').replaceAll(/.{70}(?=.)/g, '$&\n');
  return `-----BEGIN OPENSSH PRIVATE KEY-----\n${lines}\n-----END OPENSSH PRIVATE KEY-----\n`;
}

function field(content: string | Buffer): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([number(bytes.length), bytes]);
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
