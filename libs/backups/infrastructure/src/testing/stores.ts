import { Secret } from '#kernel';
import { Sha256Hashing } from '../sha256-hashing.ts';
import type { BlobStore } from '../store/blob-store.ts';
import { ContentSeal } from '../store/content-seal.ts';
import { SealedConfigStore } from '../store/sealed-config-store.ts';
import { SealedContents } from '../store/sealed-contents.ts';

export const masterKey = new Secret(Buffer.alloc(32, 7).toString('base64'));
export const otherMasterKey = new Secret(Buffer.alloc(32, 8).toString('base64'));

/** The store as it is wired, over blobs of any kind. Its nonces are the same in every run, so that orders can be repeated. */
export function sealedStore(blobs: BlobStore, key = masterKey): SealedConfigStore {
  let drawn = 0;
  const nonce = (bytes: number) => Buffer.alloc(bytes, String((drawn += 1)));
  return new SealedConfigStore(blobs, { seal: new ContentSeal(key, nonce), hashing: new Sha256Hashing() });
}

/** What lies in such a store. */
export function sealedContents(blobs: BlobStore, key = masterKey): SealedContents {
  return new SealedContents(blobs, { seal: new ContentSeal(key), hashing: new Sha256Hashing() });
}
