import { mkdir, mkdtemp, readdir, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configStoreContract } from '#backups/application/testing';
import type { ContentHash } from '#backups/domain';
import { expectOk, ManualClock, SequentialIds } from '#kernel/testing';
import { expect } from 'chai';
import { Sha256Hashing } from '../sha256-hashing.ts';
import { FsConfigStore } from './fs-config-store.ts';
import { NodeStoreFiles } from './node-store-files.ts';
import { TemporaryNames, thisProcess } from './temporary-names.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const untimed = () => new AbortController().signal;

describe('FsConfigStore', () => {
  let outside: string;
  let directory: string;
  let store: FsConfigStore;

  beforeEach(async () => {
    outside = await mkdtemp(join(tmpdir(), 'lockstep-store-'));
    directory = join(outside, 'store');
    store = open();
  });

  afterEach(() => rm(outside, { recursive: true }));

  function open(): FsConfigStore {
    const hashing = new Sha256Hashing();
    const names = new TemporaryNames(new SequentialIds(), thisProcess, new Set());
    return new FsConfigStore(directory, { files: new NodeStoreFiles(), hashing, names, clock: new ManualClock() });
  }

  const pathOf = (hash: ContentHash) => join(directory, 'objects', hash.slice(0, 2), hash.slice(2, 4), hash);

  configStoreContract.holdsFor(FsConfigStore, () => ({
    store,
    hashing: new Sha256Hashing(),
    damage: (hash, bytes) => (bytes === null ? unlink(pathOf(hash)) : writeFile(pathOf(hash), bytes)),
  }));

  it('keeps folders and files to their owner, even in a folder that was open', async () => {
    await mkdir(directory, { mode: 0o755 });

    const hash = expectOk(await store.put(bytesOf('hostname a\n'), untimed()));

    const modes = await Promise.all(
      [directory, join(directory, 'incoming'), join(directory, 'objects', hash.slice(0, 2)), pathOf(hash)].map(
        async (path) => ((await stat(path)).mode & 0o777).toString(8),
      ),
    );
    expect(modes).to.deep.equal(['700', '700', '700', '600']);
  });

  it('leaves nothing beside the content it was given', async () => {
    await store.put(bytesOf('hostname a\n'), untimed());
    await store.put(bytesOf('hostname a\n'), untimed());

    const files = (await readdir(directory, { recursive: true, withFileTypes: true })).filter((one) => one.isFile());
    expect(files).to.have.lengthOf(1);
  });

  it('sweeps what a dead process has left behind, and not what a living one writes', async () => {
    await mkdir(join(directory, 'incoming'), { recursive: true });
    const id = new SequentialIds().next();
    const living = `${process.ppid}@${thisProcess.host}~${id}`;
    const dead = `${2 ** 31 - 1}@${thisProcess.host}~${id}`;
    for (const name of [living, dead]) await writeFile(join(directory, 'incoming', name), 'half a conf');

    await store.put(bytesOf('hostname a\n'), untimed());

    expect(await readdir(join(directory, 'incoming'))).to.deep.equal([living]);
  });

  it('says why when the folder cannot be used', async () => {
    await writeFile(directory, 'a file where the folder belongs');

    const outcome = await store.put(bytesOf('hostname a\n'), untimed());

    expect(outcome).to.deep.equal({ ok: false, error: { kind: 'StorageFailed', reason: 'EEXIST' } });
  });
});
