import { ManualClock, SequentialIds } from '#kernel/testing';
import { expect } from 'chai';
import { FsBlobStore } from './fs-blob-store.ts';
import { openBlobs } from './open-blobs.ts';
import { S3BlobStore } from './s3-blob-store.ts';

const s3 = { bucket: 'configurations', endpoint: null, region: 'eu-central-1', prefix: '', credentials: null };

describe('openBlobs', () => {
  it('keeps contents in the folder, or in the bucket when there is one', () => {
    const open = (place: object) =>
      openBlobs({ storeDirectory: '/nowhere', ...place }, new ManualClock(), new SequentialIds());

    expect([open({}), open({ s3: null })].every((blobs) => blobs instanceof FsBlobStore)).to.equal(true);
    expect(open({ s3 })).to.be.instanceOf(S3BlobStore);
  });
});
