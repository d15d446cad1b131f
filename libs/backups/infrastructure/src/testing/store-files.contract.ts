import { join } from 'node:path';
import { contract } from '#kernel/testing';
import { expect } from 'chai';
import { StoreFiles } from '../store/store-files.ts';

/** Files, and a folder of theirs that exists and is empty. */
export type StoreFilesUnderTest = { readonly files: StoreFiles; readonly folder: string };

const bytesOf = (text: string) => new TextEncoder().encode(text);
const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'It succeeded.',
    (error: unknown) => (error instanceof Error && 'syscall' in error && 'code' in error ? error.code : error),
  );

/** What every {@link StoreFiles} promises while the power is on. */
export const storeFilesContract = contract(StoreFiles, (open: () => StoreFilesUnderTest) => {
  const write = async ({ files }: StoreFilesUnderTest, path: string, text: string): Promise<void> => {
    const file = await files.create(path);
    await file.write(bytesOf(text));
    await file.sync();
    await file.close();
  };

  it('gives back what was written', async () => {
    const under = open();
    const path = join(under.folder, 'a');

    await write(under, path, 'hostname a\n');

    expect(Buffer.from(await under.files.read(path)).toString()).to.equal('hostname a\n');
    expect(await under.files.exists(path)).to.equal(true);
  });

  it('does not make a file whose name is taken, and leaves the one that has it', async () => {
    const under = open();
    const path = join(under.folder, 'a');
    await write(under, path, 'first');

    const code = await codeOf(under.files.create(path));

    expect(code).to.equal('EEXIST');
    expect(Buffer.from(await under.files.read(path)).toString()).to.equal('first');
  });

  it('makes a folder, and leaves one that is there already as it is', async () => {
    const under = open();
    const path = join(under.folder, 'ab');

    await under.files.makeFolder(path);
    await write(under, join(path, 'a'), 'kept');
    await under.files.makeFolder(path);
    await under.files.syncFolder(path);

    expect(await under.files.exists(join(path, 'a'))).to.equal(true);
  });

  it('renames a file over another', async () => {
    const under = open();
    const [from, to] = [join(under.folder, 'from'), join(under.folder, 'to')];
    await write(under, from, 'new');
    await write(under, to, 'old');

    await under.files.rename(from, to);

    expect(Buffer.from(await under.files.read(to)).toString()).to.equal('new');
    expect(await under.files.exists(from)).to.equal(false);
  });

  it('lists what a folder holds, with its size and the time of its last change', async () => {
    const under = open();
    for (const name of ['b', 'a']) await write(under, join(under.folder, name), name);

    const listed = await under.files.list(under.folder);

    expect(listed.map(({ name }) => name)).to.have.members(['a', 'b']);
    expect(listed.map(({ size }) => size)).to.deep.equal([1, 1]);
    expect(listed.every(({ modifiedAt }) => modifiedAt.getTime() > 0)).to.equal(true);
  });

  it('removes a file, also one that is gone already', async () => {
    const under = open();
    const path = join(under.folder, 'a');
    await write(under, path, 'a');

    await under.files.remove(path);
    await under.files.remove(path);

    expect(await under.files.exists(path)).to.equal(false);
    expect(await under.files.list(under.folder)).to.deep.equal([]);
  });

  const missing: Record<string, (under: StoreFilesUnderTest, path: string) => Promise<unknown>> = {
    'read a file': ({ files }, path) => files.read(path),
    'rename a file': ({ files }, path) => files.rename(path, `${path}-2`),
    'make a file in a folder': ({ files }, path) => files.create(join(path, 'a')),
    'list a folder': ({ files }, path) => files.list(path),
    'sync a folder': ({ files }, path) => files.syncFolder(path),
  };
  for (const [what, act] of Object.entries(missing)) {
    it(`does not ${what} that is not there`, async () => {
      const under = open();

      const code = await codeOf(act(under, join(under.folder, 'nowhere')));

      expect(code).to.equal('ENOENT');
    });
  }
});
