import { ConfigDamaged } from '#backups/application';
import { configStoreContract, storedContentsContract } from '#backups/application/testing';
import { expectOk } from '#kernel/testing';
import { expect } from 'chai';
import { Sha256Hashing } from '../sha256-hashing.ts';
import { blobStoreContract } from '../testing/blob-store.contract.ts';
import { InMemoryBlobStore } from '../testing/in-memory-blob-store.ts';
import { masterKey, otherMasterKey, sealedContents, sealedStore } from '../testing/stores.ts';
import { BlobStoreFailed } from './blob-store.ts';
import { ContentSeal } from './content-seal.ts';
import { SealedConfigStore } from './sealed-config-store.ts';
import { SealedContents } from './sealed-contents.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const untimed = () => new AbortController().signal;
const hashing = new Sha256Hashing();
const A = bytesOf('hostname a\n');

blobStoreContract.holdsFor(InMemoryBlobStore, () => ({ blobs: new InMemoryBlobStore() }));

describe('SealedConfigStore', () => {
  configStoreContract.holdsFor(SealedConfigStore, () => {
    const blobs = new InMemoryBlobStore();
    return {
      store: sealedStore(blobs),
      hashing,
      damage: (hash, bytes) => (bytes === null ? blobs.remove(hash, untimed()) : blobs.put(hash, bytes, untimed())),
    };
  });

  storedContentsContract.holdsFor(SealedContents, () => {
    const blobs = new InMemoryBlobStore();
    const read = async (hash: string) => (await blobs.get(hash, untimed()))!;
    return {
      store: sealedStore(blobs),
      contents: sealedContents(blobs),
      spoil: async (hash, change) => blobs.put(hash, change(await read(hash)), untimed()),
      misplace: async (from, to) => blobs.put(to, await read(from), untimed()),
    };
  });

  it('reads what was stored before there was a seal, and seals it when it is put again', async () => {
    const blobs = new InMemoryBlobStore();
    const hash = hashing.of(A);
    await blobs.put(hash, A, untimed());

    const before = await sealedStore(blobs).get(hash, untimed());
    await sealedStore(blobs).put(A, untimed());

    expect(Buffer.from(before)).to.deep.equal(Buffer.from(A));
    expect(Buffer.from((await blobs.get(hash, untimed()))!).includes('hostname')).to.equal(false);
    expect(Buffer.from(await sealedStore(blobs).get(hash, untimed()))).to.deep.equal(Buffer.from(A));
  });

  it('keeps a content that looks as if it were sealed', async () => {
    const blobs = new InMemoryBlobStore();
    const sealed = Buffer.from(
      '\0LSC\x01 and so on, long enough to have a header, a nonce, a text and a tag of its own',
      'latin1',
    );
    await blobs.put(hashing.of(sealed), sealed, untimed());

    expect(Buffer.from(await sealedStore(blobs).get(hashing.of(sealed), untimed()))).to.deep.equal(sealed);
  });

  it('never seals the same content to the same bytes', () => {
    const seal = new ContentSeal(masterKey);

    const sealed = Array.from({ length: 100 }, () => Buffer.from(seal.seal(hashing.of(A), A)).toString('hex'));

    expect(new Set(sealed).size).to.equal(100);
  });

  it('does not answer what was sealed for another content, or under another key', async () => {
    const blobs = new InMemoryBlobStore();
    const store = sealedStore(blobs);
    const [a, b] = [expectOk(await store.put(A, untimed())), expectOk(await store.put(bytesOf('b'), untimed()))];
    await blobs.put(a, (await blobs.get(b, untimed()))!, untimed());
    const elsewhere = new InMemoryBlobStore();
    expectOk(await sealedStore(elsewhere, otherMasterKey).put(bytesOf('b'), untimed()));
    await blobs.put(b, (await elsewhere.get(b, untimed()))!, untimed());

    for (const hash of [a, b]) {
      expect(await store.get(hash, untimed()).catch((error: unknown) => error)).to.be.instanceOf(ConfigDamaged);
    }
  });

  it('has no content of which any byte is another one', async () => {
    const blobs = new InMemoryBlobStore();
    const store = sealedStore(blobs);
    const hash = expectOk(await store.put(A, untimed()));
    const sealed = (await blobs.get(hash, untimed()))!;

    for (let at = 0; at < sealed.length; at += 1) {
      await blobs.put(hash, sealed.with(at, sealed[at]! ^ 1), untimed());
      expect(await store.has(hash, untimed()), `byte ${at}`).to.equal(false);
    }
  });

  it('tells what the blobs failed with, and throws what is no failure of theirs', async () => {
    const failing = (error: Error) =>
      sealedStore(Object.assign(new InMemoryBlobStore(), { put: () => Promise.reject(error) }));
    const defect = new Error('a defect');

    const full = await failing(new BlobStoreFailed({ kind: 'StorageFull' }, null)).put(A, untimed());
    const thrown = await failing(defect)
      .put(A, untimed())
      .catch((error: unknown) => error);

    expect(full).to.deep.equal({ ok: false, error: { kind: 'StorageFull' } });
    expect(thrown).to.equal(defect);
  });
});
