import { mkdir, readdir, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { configStoreContract } from '#backups/application/testing';
import type { ContentHash } from '#backups/domain';
import { expectOk, SequentialIds } from '#kernel/testing';
import { AsyncTestBase } from '#testing/lifecycle';
import { TemporaryFolder } from '#testing/system';
import { expect } from 'chai';
import { Sha256Hashing } from '../sha256-hashing.ts';
import { FsConfigStore } from './fs-config-store.ts';
import { NodeStoreFiles } from './node-store-files.ts';
import { TemporaryNames, thisProcess } from './temporary-names.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);

class StoreTest extends AsyncTestBase {
  readonly hashing = new Sha256Hashing();
  directory!: string;
  store!: FsConfigStore;

  pathOf(hash: ContentHash): string {
    return join(this.directory, 'objects', hash.slice(0, 2), hash.slice(2, 4), hash);
  }

  protected override async setUp(): Promise<void> {
    const { hashing, clock } = this;
    const names = new TemporaryNames(new SequentialIds(), thisProcess, new Set());
    this.directory = (await this.use(TemporaryFolder.make())).at('store');
    this.store = new FsConfigStore(this.directory, { files: new NodeStoreFiles(), hashing, names, clock });
  }
}

const t = StoreTest.install();

describe('FsConfigStore', () => {
  configStoreContract.holdsFor(
    FsConfigStore,
    t.opens(({ store, hashing, pathOf }) => ({
      store,
      hashing,
      damage: (hash: ContentHash, bytes: Uint8Array | null) =>
        bytes === null ? unlink(pathOf(hash)) : writeFile(pathOf(hash), bytes),
    })),
  );

  it(
    'keeps folders and files to their owner, even in a folder that was open',
    t.test(async ({ store, directory, pathOf, signal }) => {
      await mkdir(directory, { mode: 0o755 });

      const hash = expectOk(await store.put(bytesOf('hostname a\n'), signal));

      const modes = await Promise.all(
        [directory, join(directory, 'incoming'), join(directory, 'objects', hash.slice(0, 2)), pathOf(hash)].map(
          async (path) => ((await stat(path)).mode & 0o777).toString(8),
        ),
      );
      expect(modes).to.deep.equal(['700', '700', '700', '600']);
    }),
  );

  it(
    'leaves nothing beside the content it was given',
    t.test(async ({ store, directory, signal }) => {
      await store.put(bytesOf('hostname a\n'), signal);
      await store.put(bytesOf('hostname a\n'), signal);

      const files = (await readdir(directory, { recursive: true, withFileTypes: true })).filter((one) => one.isFile());
      expect(files).to.have.lengthOf(1);
    }),
  );

  it(
    'sweeps what a dead process has left behind, and not what a living one writes',
    t.test(async ({ store, directory, signal }) => {
      await mkdir(join(directory, 'incoming'), { recursive: true });
      const id = new SequentialIds().next();
      const living = `${process.ppid}@${thisProcess.host}~${id}`;
      const dead = `${2 ** 31 - 1}@${thisProcess.host}~${id}`;
      for (const name of [living, dead]) await writeFile(join(directory, 'incoming', name), 'half a conf');

      await store.put(bytesOf('hostname a\n'), signal);

      expect(await readdir(join(directory, 'incoming'))).to.deep.equal([living]);
    }),
  );

  it(
    'says why when the folder cannot be used',
    t.test(async ({ store, directory, signal }) => {
      await writeFile(directory, 'a file where the folder belongs');

      const outcome = await store.put(bytesOf('hostname a\n'), signal);

      expect(outcome).to.deep.equal({ ok: false, error: { kind: 'StorageFailed', reason: 'EEXIST' } });
    }),
  );
});
