import type { Hashing } from '#backups/application';
import type { ContentHash } from '#backups/domain';
import type { ContentSeal } from './content-seal.ts';

type Wanted = { readonly hash: ContentHash; readonly seal: ContentSeal; readonly hashing: Hashing };

/** The plain bytes of a content as it is kept, sealed or plain; null when they are not those of the hash. */
export function readContent(kept: Uint8Array, { hash, seal, hashing }: Wanted): Uint8Array | null {
  const plain = seal.open(hash, kept) ?? kept;
  return hashing.of(plain) === hash ? plain : null;
}
