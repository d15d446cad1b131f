import { configStoreContract } from '#backups/application/testing';
import { ManualClock } from '#kernel/testing';
import { AsyncTestBase } from '#testing/lifecycle';
import { TemporaryFolder } from '#testing/system';
import { expect } from 'chai';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { Sha256Hashing } from '../sha256-hashing.ts';
import { blobStoreContract } from '../testing/blob-store.contract.ts';
import { S3Server } from '../testing/s3-server.ts';
import { sealedStore } from '../testing/stores.ts';
import { BlobStoreFailed } from './blob-store.ts';
import { S3BlobStore, type S3Settings } from './s3-blob-store.ts';
import { SealedConfigStore } from './sealed-config-store.ts';

const A = 'ab'.repeat(32);

class S3Test extends AsyncTestBase {
  server!: S3Server;
  blobs!: S3BlobStore;

  storeWith(settings: Partial<S3Settings>): S3BlobStore {
    const store = new S3BlobStore({ ...this.server.settings, ...settings }, this.clock);
    this.defer(() => store[Symbol.dispose](), 'the end of its connections');
    return store;
  }

  /** One that takes connections and says nothing. */
  async silentServer(): Promise<{ settings: S3Settings; connected: Promise<unknown> }> {
    const sockets: Socket[] = [];
    const server = createServer((socket) => void sockets.push(socket));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    this.defer(async () => {
      for (const socket of sockets) socket.destroy();
      await once(server.close(), 'close');
    }, 'the end of the silent server');
    const { port } = server.address() as AddressInfo;
    const settings = { ...this.server.settings, endpoint: `http://127.0.0.1:${port}` };
    return { settings, connected: once(server, 'connection') };
  }

  protected override async setUp(): Promise<void> {
    this.server = await this.use(S3Server.start(await this.use(TemporaryFolder.make())));
    this.blobs = this.storeWith({});
  }
}

const t = S3Test.install();

describe('S3BlobStore', () => {
  blobStoreContract.holdsFor(
    S3BlobStore,
    t.opens(({ blobs }) => ({ blobs })),
  );

  configStoreContract.holdsFor(
    SealedConfigStore,
    t.opens(({ blobs, signal }) => ({
      store: sealedStore(blobs),
      hashing: new Sha256Hashing(),
      damage: (hash, bytes) => (bytes === null ? blobs.remove(hash, signal) : blobs.put(hash, bytes, signal)),
    })),
  );

  it(
    'shares a bucket with others, who have other prefixes',
    t.test(async ({ blobs, storeWith, signal }) => {
      await blobs.put(A, Uint8Array.of(1), signal);

      expect(await storeWith({ prefix: 'other/' }).get(A, signal)).to.equal(null);
      expect(await storeWith({ prefix: 'other/' }).list('ab', signal)).to.deep.equal([]);
    }),
  );

  it(
    'says what the server has against it',
    t.test(async ({ storeWith, signal }) => {
      const nowhere = storeWith({ bucket: 'nowhere' });

      const failures = await Promise.all(
        [nowhere.put(A, Uint8Array.of(1), signal), nowhere.get(A, signal), nowhere.list('ab', signal)].map((work) =>
          work.catch((error: unknown) => (error instanceof BlobStoreFailed ? error.failure : error)),
        ),
      );

      expect(failures).to.deep.equal(Array(3).fill({ kind: 'StorageFailed', reason: 'NoSuchBucket' }));
    }),
  );

  for (const [what, ends] of Object.entries({
    'waits a minute for a server that does not answer': (clock: ManualClock) => clock.advance(60_000),
    'waits no longer than its caller': (_: ManualClock, stop: AbortController) => stop.abort(new Error('stopped')),
  })) {
    it(
      what,
      t.test(async ({ silentServer, defer }) => {
        const [clock, stop] = [new ManualClock(), new AbortController()];
        const { settings, connected } = await silentServer();
        const store = new S3BlobStore(settings, clock);
        defer(() => store[Symbol.dispose](), 'the end of its connections');

        const asked = store.get(A, stop.signal).catch((error: unknown) => error);
        await connected;
        await ends(clock, stop);

        const reason = { kind: 'StorageFailed', reason: 'no answer within 60 s' };
        const failure = await asked;
        if (stop.signal.aborted) expect(failure).to.equal(stop.signal.reason);
        else expect(failure).to.be.instanceOf(BlobStoreFailed).with.deep.property('failure', reason);
        expect(clock.waiting).to.equal(0);
      }),
    );
  }
});
