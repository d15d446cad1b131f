import { readinessCheckContract } from '#platform/http/testing';
import { InMemoryBlobStore } from '../testing/in-memory-blob-store.ts';
import { BlobStoreFailed } from './blob-store.ts';
import { StoreReadiness } from './store-readiness.ts';

readinessCheckContract.holdsFor(StoreReadiness, async () => {
  const blobs = new InMemoryBlobStore();
  const spoil = async () => {
    blobs.get = () => Promise.reject(new BlobStoreFailed({ kind: 'StorageFailed', reason: 'ECONNREFUSED' }, null));
  };
  return { check: new StoreReadiness(blobs), spoil };
});
