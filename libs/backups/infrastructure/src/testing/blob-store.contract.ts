import { contract } from '#kernel/testing';
import { expect } from 'chai';
import { BlobStore } from '../store/blob-store.ts';

/** An empty store. */
export type BlobStoreUnderTest = { readonly blobs: BlobStore };

const bytesOf = (text: string) => new TextEncoder().encode(text);
const untimed = () => new AbortController().signal;
const nameFrom = (start: string) => start.padEnd(64, '0');
const A = nameFrom('ab12');

/** What every {@link BlobStore} promises, wherever it keeps the bytes. */
export const blobStoreContract = contract(BlobStore, (open: () => Promise<BlobStoreUnderTest> | BlobStoreUnderTest) => {
  const contents = {
    nothing: bytesOf(''),
    'every byte': Uint8Array.from({ length: 256 }, (_, byte) => byte),
    '3 MB': new Uint8Array(3_000_000).fill(7),
  };
  for (const [what, bytes] of Object.entries(contents)) {
    it(`gives back ${what}`, async () => {
      const { blobs } = await open();

      await blobs.put(A, bytes, untimed());

      expect(Buffer.compare((await blobs.get(A, untimed()))!, bytes)).to.equal(0);
    });
  }

  it('has the newest bytes of a name', async () => {
    const { blobs } = await open();

    for (const text of ['old', 'new and longer', 'new']) await blobs.put(A, bytesOf(text), untimed());

    expect(Buffer.from((await blobs.get(A, untimed()))!).toString()).to.equal('new');
  });

  it('keeps what it was given, whatever the caller does with the array afterwards', async () => {
    const { blobs } = await open();
    const bytes = bytesOf('hostname a\n');
    await blobs.put(A, bytes, untimed());

    bytes.fill(0);
    (await blobs.get(A, untimed()))!.fill(0);

    expect(Buffer.from((await blobs.get(A, untimed()))!).toString()).to.equal('hostname a\n');
  });

  it('has the bytes of one of many who put the same name at the same time', async () => {
    const { blobs } = await open();
    const texts = Array.from({ length: 8 }, (_, n) => `writer ${n}`.repeat(1_000));

    await Promise.all(texts.map((text) => blobs.put(A, bytesOf(text), untimed())));

    expect(texts).to.include(Buffer.from((await blobs.get(A, untimed()))!).toString());
  });

  it('has nothing under a name that was never put, or was removed', async () => {
    const { blobs } = await open();
    await blobs.put(A, bytesOf('a'), untimed());

    await blobs.remove(A, untimed());
    await blobs.remove(A, untimed());

    expect(await blobs.get(A, untimed())).to.equal(null);
    expect(await blobs.get(nameFrom('cd'), untimed())).to.equal(null);
    expect(await blobs.list('ab', untimed())).to.deep.equal([]);
  });

  it('lists contents by the beginning of their names, with their size and time', async () => {
    const { blobs } = await open();
    const names = ['ab12', 'ab99', 'ac12'].map(nameFrom);
    for (const name of names) await blobs.put(name, bytesOf(name.slice(0, 3)), untimed());
    await blobs.put('ab-of-another-kind', bytesOf('x'), untimed());

    const listed = await blobs.list('ab', untimed());

    expect(listed.map(({ name }) => name)).to.have.members(names.slice(0, 2));
    expect(listed.map(({ size }) => size)).to.deep.equal([3, 3]);
    expect(listed.every(({ storedAt }) => storedAt.getTime() > 0)).to.equal(true);
    expect(await blobs.list('00', untimed())).to.deep.equal([]);
  });

  it('keeps blobs that are no contents', async () => {
    const { blobs } = await open();

    await blobs.put('key-check', bytesOf('k'), untimed());

    expect(Buffer.from((await blobs.get('key-check', untimed()))!).toString()).to.equal('k');
  });

  it('does nothing for a caller that has stopped', async () => {
    const { blobs } = await open();
    const stopped = new Error('stopped by the caller');
    const signal = AbortSignal.abort(stopped);

    const outcomes = await Promise.all(
      [blobs.put(A, bytesOf('a'), signal), blobs.get(A, signal), blobs.list('ab', signal), blobs.remove(A, signal)].map(
        (work) => work.catch((reason: unknown) => reason),
      ),
    );

    expect(outcomes).to.deep.equal([stopped, stopped, stopped, stopped]);
    expect(await blobs.get(A, untimed())).to.equal(null);
  });
});
