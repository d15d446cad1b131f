import type { Secret } from '#kernel';
import ssh2 from 'ssh2';

/**
 * Whether the text is a private key that can be used as it is, or one that is encrypted and comes with a passphrase.
 *
 * Nothing is decrypted: how long that takes is up to whoever made the key. Whether the passphrase is right shows at the
 * first login.
 */
export function looksLikePrivateKey({
  privateKey,
  passphrase,
}: {
  privateKey: Secret;
  passphrase: Secret | null;
}): boolean {
  const key = ssh2.utils.parseKey(privateKey.reveal());
  if (key instanceof Error) return passphrase !== null && key.message.endsWith('but no passphrase given');
  return key.isPrivateKey();
}
