import { mkdir, readdir, readFile, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { configStoreContract } from '#backups/application/testing';
import type { ContentHash } from '#backups/domain';
import { expectOk, ManualClock, SequentialIds } from '#kernel/testing';
import { AsyncTestBase } from '#testing/lifecycle';
import { TemporaryFolder } from '#testing/system';
import { expect } from 'chai';
import { Sha256Hashing } from '../sha256-hashing.ts';
import { blobStoreContract } from '../testing/blob-store.contract.ts';
import { sealedStore } from '../testing/stores.ts';
import { VolatileDisk } from '../testing/volatile-disk.ts';
import { FsBlobStore } from './fs-blob-store.ts';
import { NodeStoreFiles } from './node-store-files.ts';
import { SealedConfigStore } from './sealed-config-store.ts';
import { TemporaryNames, thisProcess } from './temporary-names.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const A = new Sha256Hashing().of(bytesOf('hostname a\n'));

class StoreTest extends AsyncTestBase {
  readonly hashing = new Sha256Hashing();
  directory!: string;
  blobs!: FsBlobStore;

  pathOf(hash: ContentHash): string {
    return join(this.directory, 'objects', hash.slice(0, 2), hash.slice(2, 4), hash);
  }

  protected override async setUp(): Promise<void> {
    const names = new TemporaryNames(new SequentialIds(), thisProcess, new Set());
    this.directory = (await this.use(TemporaryFolder.make())).at('store');
    this.blobs = new FsBlobStore(this.directory, { files: new NodeStoreFiles(), names, clock: this.clock });
  }
}

const t = StoreTest.install();

describe('FsBlobStore', () => {
  blobStoreContract.holdsFor(
    FsBlobStore,
    t.opens(({ blobs }) => ({ blobs })),
  );

  configStoreContract.holdsFor(
    SealedConfigStore,
    t.opens(({ blobs, hashing, pathOf }) => ({
      store: sealedStore(blobs),
      hashing,
      damage: (hash: ContentHash, bytes: Uint8Array | null) =>
        bytes === null ? unlink(pathOf(hash)) : writeFile(pathOf(hash), bytes),
    })),
  );

  it(
    'keeps folders and files to their owner, even in a folder that was open',
    t.test(async ({ blobs, directory, pathOf, signal }) => {
      await mkdir(directory, { mode: 0o755 });

      await blobs.put(A, bytesOf('a'), signal);

      const modes = await Promise.all(
        [directory, join(directory, 'incoming'), join(directory, 'objects', A.slice(0, 2)), pathOf(A)].map(
          async (path) => ((await stat(path)).mode & 0o777).toString(8),
        ),
      );
      expect(modes).to.deep.equal(['700', '700', '700', '600']);
    }),
  );

  it(
    'leaves nothing beside the bytes it was given',
    t.test(async ({ blobs, directory, signal }) => {
      await blobs.put(A, bytesOf('a'), signal);
      await blobs.put(A, bytesOf('a'), signal);

      const files = (await readdir(directory, { recursive: true, withFileTypes: true })).filter((one) => one.isFile());
      expect(files).to.have.lengthOf(1);
    }),
  );

  it(
    'sweeps what a dead process has left behind, and not what a living one writes',
    t.test(async ({ blobs, directory, signal }) => {
      await mkdir(join(directory, 'incoming'), { recursive: true });
      const id = new SequentialIds().next();
      const living = `${process.ppid}@${thisProcess.host}~${id}`;
      const dead = `${2 ** 31 - 1}@${thisProcess.host}~${id}`;
      for (const name of [living, dead]) await writeFile(join(directory, 'incoming', name), 'half a conf');

      await blobs.put(A, bytesOf('a'), signal);

      expect(await readdir(join(directory, 'incoming'))).to.deep.equal([living]);
    }),
  );

  it(
    'looks again an hour later, since processes also die while others live',
    t.test(async ({ blobs, directory, clock, signal }) => {
      const leftovers = () => readdir(join(directory, 'incoming'));
      await blobs.put(A, bytesOf('a'), signal);
      const dead = `${2 ** 31 - 1}@${thisProcess.host}~${new SequentialIds().next()}`;
      await writeFile(join(directory, 'incoming', dead), 'half a conf');

      await blobs.put(A, bytesOf('b'), signal);
      const soon = await leftovers();
      await clock.advance(3_600_000);
      await blobs.put(A, bytesOf('c'), signal);

      expect([soon, await leftovers()]).to.deep.equal([[dead], []]);
    }),
  );

  it(
    'says why when the folder cannot be used',
    t.test(async ({ blobs, directory, signal }) => {
      await writeFile(directory, 'a file where the folder belongs');

      const outcome = await sealedStore(blobs).put(bytesOf('hostname a\n'), signal);

      expect(outcome).to.deep.equal({ ok: false, error: { kind: 'StorageFailed', reason: 'EEXIST' } });
    }),
  );

  it(
    'has no readable byte of a configuration on the disk',
    t.test(async ({ blobs, pathOf, signal }) => {
      const hash = expectOk(await sealedStore(blobs).put(bytesOf('enable secret open-sesame\n'), signal));

      const kept = await readFile(pathOf(hash), 'latin1');
      expect(kept).not.to.match(/enable|secret|sesame/);
    }),
  );

  const hanging: Record<string, (blobs: FsBlobStore, signal: AbortSignal) => Promise<unknown>> = {
    put: (blobs, signal) => blobs.put(A, bytesOf('a'), signal),
    get: (blobs, signal) => blobs.get(A, signal),
    list: (blobs, signal) => blobs.list(A.slice(0, 2), signal),
    remove: (blobs, signal) => blobs.remove(A, signal),
  };
  for (const [what, act] of Object.entries(hanging)) {
    it(`lets nobody wait for a ${what} that hangs once it is told to stop`, async () => {
      const files = hangingFrom(new VolatileDisk());
      const names = new TemporaryNames(new SequentialIds(), thisProcess, new Set());
      const clock = new ManualClock();
      const stop = new AbortController();
      const outcome = act(new FsBlobStore('/store', { files, names, clock }), stop.signal).catch((reason) => reason);
      await clock.advance(60_000);

      stop.abort(new Error('stopped by the caller'));
      await clock.advance(1_000);

      expect(await outcome).to.equal(stop.signal.reason);
      expect(clock.waiting).to.equal(0);
    });
  }
});

/** A disk that does not answer any more. */
function hangingFrom(disk: VolatileDisk): VolatileDisk {
  return new Proxy(disk, { get: () => () => new Promise(() => {}) });
}
