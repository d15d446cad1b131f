import { SequentialIds } from '#kernel/testing';
import { race } from '#testing/concurrency';
import { ContainerTest } from '#testing/container';
import { everyOrder, type KeysOf } from '#testing/order';
import { expect } from 'chai';
import { Sha256Hashing } from './sha256-hashing.ts';
import { storeFilesModule } from './testing/store-files.module.ts';
import { sealedStore } from './testing/stores.ts';
import { VolatileDisk } from './testing/volatile-disk.ts';
import { FsBlobStore } from './store/fs-blob-store.ts';
import type { SealedConfigStore } from './store/sealed-config-store.ts';
import { StoreFiles } from './store/store-files.ts';
import { TemporaryNames } from './store/temporary-names.ts';

const DIRECTORY = '/store';
const INCOMING = `${DIRECTORY}/incoming`;
const bytes = new TextEncoder().encode('hostname core-1\n');
const content = new Sha256Hashing().of(bytes);
/** The processes of this machine that run. */
const running = [1, 2];
const leftBehind = '7@here~00000000-0000-7000-8000-000000000007';

/** Stores of several processes over one disk, whose every step is a call of a port. */
class SharedDiskTest extends ContainerTest {
  readonly disk = new VolatileDisk();
  readonly ids = new SequentialIds();

  async storeOf(pid: number): Promise<SealedConfigStore> {
    const writer = { host: 'here', pid, isRunning: (other: number) => running.includes(other) };
    const names = new TemporaryNames(this.ids, writer, new Set());
    const files = await this.get(StoreFiles);
    return sealedStore(new FsBlobStore(DIRECTORY, { files, names, clock: this.clock }));
  }

  protected modules() {
    return [storeFilesModule(this.disk)];
  }
}

/**
 * Without a loss of power, a folder is there for all from its first making on, syncing changes nothing, and what is written to
 * a file is nobody else's as long as it is unfinished.
 */
const touches: KeysOf = ({ method, args }) => {
  const places = args.map((path) => (String(path).startsWith(INCOMING) ? INCOMING : String(path)));
  if (['create', 'remove', 'rename'].includes(method)) return { writes: places };
  return ['list', 'read', 'exists'].includes(method) ? { reads: places } : {};
};

const t = SharedDiskTest.install();

describe('A store that two processes share, in every order of their steps,', () => {
  it(
    'keeps content that both put into it once, and sweeps what the dead have left but not what the other writes',
    everyOrder(
      t,
      async ({ storeOf, disk, signal }) => {
        const [one, other] = [await storeOf(1), await storeOf(2)];
        for (const folder of [DIRECTORY, INCOMING]) await disk.makeFolder(folder);
        await disk.create(`${INCOMING}/${leftBehind}`);

        const stored = await race({
          one: (racer) => one.put(bytes, racer.signal),
          other: (racer) => other.put(bytes, racer.signal),
        });

        stored.expect({ fulfilled: 2 });
        expect(stored.values).to.deep.equal([content, content]);
        expect(await one.get(content, signal)).to.deep.equal(bytes);
        expect(disk.names(INCOMING)).to.deep.equal([]);
      },
      { complete: true, touches, checkedUpTo: 100 },
    ),
  );
});
