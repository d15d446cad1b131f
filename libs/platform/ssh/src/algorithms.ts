import type { Algorithms, ServerHostKeyAlgorithm } from 'ssh2';

// A map: the name comes from outside, and an object would also know `constructor`.
const SIGNATURES = new Map<string, readonly ServerHostKeyAlgorithm[]>([
  ['ssh-ed25519', ['ssh-ed25519']],
  ['ecdsa-sha2-nistp256', ['ecdsa-sha2-nistp256']],
  ['ecdsa-sha2-nistp384', ['ecdsa-sha2-nistp384']],
  ['ecdsa-sha2-nistp521', ['ecdsa-sha2-nistp521']],
  // The key keeps its old name; only its signatures with SHA-1 are left out.
  ['ssh-rsa', ['rsa-sha2-512', 'rsa-sha2-256']],
]);

const TRANSPORT: Algorithms = {
  kex: [
    'curve25519-sha256',
    'curve25519-sha256@libssh.org',
    'ecdh-sha2-nistp256',
    'ecdh-sha2-nistp384',
    'ecdh-sha2-nistp521',
    'diffie-hellman-group-exchange-sha256',
    'diffie-hellman-group14-sha256',
    'diffie-hellman-group16-sha512',
    'diffie-hellman-group18-sha512',
  ],
  cipher: [
    'chacha20-poly1305@openssh.com',
    'aes128-gcm@openssh.com',
    'aes256-gcm@openssh.com',
    'aes128-ctr',
    'aes192-ctr',
    'aes256-ctr',
  ],
  hmac: ['hmac-sha2-256-etm@openssh.com', 'hmac-sha2-512-etm@openssh.com', 'hmac-sha2-256', 'hmac-sha2-512'],
  compress: ['none'],
};

/** Nothing with SHA-1, CBC or short groups. A device that has nothing better is not spoken to. */
export function algorithmsForPinned(keyAlgorithm: string): Algorithms {
  return { ...TRANSPORT, serverHostKey: [...(SIGNATURES.get(keyAlgorithm) ?? [])] };
}

/** For a look at a server's key: what it prefers of all that can be pinned. */
export function algorithmsForAnyKey(): Algorithms {
  return { ...TRANSPORT, serverHostKey: [...SIGNATURES.values()].flat() };
}

export function canBePinned(keyAlgorithm: string): boolean {
  return SIGNATURES.has(keyAlgorithm);
}
