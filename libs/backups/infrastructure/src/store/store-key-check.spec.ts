import { expectErr, expectOk } from '#kernel/testing';
import { startCheckContract } from '#platform/system/testing';
import { expect } from 'chai';
import { InMemoryBlobStore } from '../testing/in-memory-blob-store.ts';
import { BlobStoreFailed } from './blob-store.ts';
import { StoreKeyCheck } from './store-key-check.ts';

const { signal } = new AbortController();
const bytesOf = (text: string) => new TextEncoder().encode(text);

function checkOf(blobs: InMemoryBlobStore, keyId = 'right', masterKeyLost = false): StoreKeyCheck {
  return new StoreKeyCheck(blobs, { keyId, place: '/data/store', masterKeyLost });
}

describe('StoreKeyCheck', () => {
  startCheckContract.holdsFor(StoreKeyCheck, () => {
    const blobs = new InMemoryBlobStore();
    return { check: () => checkOf(blobs), spoil: () => blobs.put('key-check', bytesOf('other\n'), signal) };
  });

  it('refuses another key than the first one, says what to do, and changes nothing', async () => {
    const blobs = new InMemoryBlobStore();
    expectOk(await checkOf(blobs).check(signal));

    const problem = expectErr(await checkOf(blobs, 'wrong').check(signal));

    expect(problem).to.include('/data/store').and.to.include('LOCKSTEP_MASTER_KEY_LOST=accepted');
    expect(problem).not.to.match(/right|wrong/);
    expectOk(await checkOf(blobs).check(signal));
  });

  it('takes another key once it is told that the first is lost', async () => {
    const blobs = new InMemoryBlobStore();
    expectOk(await checkOf(blobs).check(signal));

    expectOk(await checkOf(blobs, 'new', true).check(signal));

    expectOk(await checkOf(blobs, 'new').check(signal));
    expectErr(await checkOf(blobs).check(signal));
  });

  it('says where a store is that cannot be used', async () => {
    const failed = new BlobStoreFailed({ kind: 'StorageFailed', reason: 'EACCES' }, null);
    const blobs = Object.assign(new InMemoryBlobStore(), { get: () => Promise.reject(failed) });

    const problem = expectErr(await checkOf(blobs).check(signal));

    expect(problem).to.equal('The store has failed: EACCES. It is at /data/store: make it usable, and start again.');
  });
});
