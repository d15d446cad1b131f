import type { Clock, Ids } from '#kernel';
import type { BlobStore } from './blob-store.ts';
import { FsBlobStore } from './fs-blob-store.ts';
import { NodeStoreFiles } from './node-store-files.ts';
import { S3BlobStore, type S3Settings } from './s3-blob-store.ts';
import { TemporaryNames, thisProcess } from './temporary-names.ts';

export type StorePlace = {
  readonly storeDirectory: string;
  /** Keeps the contents there in place of the folder. */
  readonly s3?: S3Settings | null;
};

const namesInUse = new Set<string>();

/** Where the contents are. */
export function openBlobs({ storeDirectory, s3 = null }: StorePlace, clock: Clock, ids: Ids): BlobStore {
  if (s3 !== null) return new S3BlobStore(s3, clock);
  const names = new TemporaryNames(ids, thisProcess, namesInUse);
  return new FsBlobStore(storeDirectory, { files: new NodeStoreFiles(), names, clock });
}
