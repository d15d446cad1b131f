import { err, ok, type Result } from '#kernel';

declare const brand: unique symbol;

/** The SHA-256 of some bytes, as 64 lower-case hex digits: the name under which the bytes are kept. */
export type ContentHash = string & { readonly [brand]: 'ContentHash' };

export type InvalidContentHash = { readonly kind: 'InvalidContentHash'; readonly text: string };

const SHA_256 = /^[0-9a-f]{64}$/;

export function parseContentHash(text: string): Result<ContentHash, InvalidContentHash> {
  return SHA_256.test(text) ? ok(text as ContentHash) : err({ kind: 'InvalidContentHash', text });
}
