import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DiffVersions,
  ReadVersionContent,
  RunBackup,
  type ConfigStore,
  type RunBackupPorts,
} from '#backups/application';
import { SimulatedDevice, syntheticRecordings } from '#device-simulator';
import type { DeviceAccess, DeviceId } from '#devices/contracts';
import { aDeviceAccess, InMemoryDeviceDirectory } from '#devices/contracts/testing';
import { Secret } from '#kernel';
import { expectErr, expectOk } from '#kernel/testing';
import { SystemClock, UuidIds } from '#platform/system';
import { LeaseLost, type JobId, type Lease } from '#scheduling/contracts';
import { InMemoryJobs } from '#scheduling/contracts/testing';
import { InMemoryTransaction } from '#kernel/testing';
import { useDatabase } from '#testing/database';
import { expect } from 'chai';
import { backupsSchema } from './database/backups-schema.ts';
import { TypeOrmBackupsTransaction } from './database/typeorm-backups-transaction.ts';
import { TypeOrmVersionReader } from './database/typeorm-version-reader.ts';
import { ThreadedLineDiff } from './diff/threaded-line-diff.ts';
import { Sha256Hashing } from './sha256-hashing.ts';
import { SshConfigSource } from './ssh-config-source.ts';
import { FsConfigStore } from './store/fs-config-store.ts';
import { NodeStoreFiles } from './store/node-store-files.ts';
import { TemporaryNames, thisProcess } from './store/temporary-names.ts';

const credentials = { username: 'backup', password: 'open sesame' };
const ids = new UuidIds();
const clock = new SystemClock();
const { signal } = new AbortController();

describe('A backup of a device over SSH, into PostgreSQL and files', function () {
  this.timeout(30_000);
  const database = useDatabase(backupsSchema);
  let device: SimulatedDevice;
  let directory: string;
  let jobs: InMemoryJobs;
  let deviceId: DeviceId;
  let ports: RunBackupPorts;
  let reader: TypeOrmVersionReader;
  let store: FsConfigStore;

  beforeEach(async () => {
    const recordings = await syntheticRecordings();
    device = await SimulatedDevice.start({ recording: recordings.find(({ model }) => model === 'ios')!, credentials });
    directory = await mkdtemp(join(tmpdir(), 'lockstep-backups-'));
    jobs = new InMemoryJobs('backup.run');
    deviceId = ids.next();
    reader = new TypeOrmVersionReader(database.source);
    const hashing = new Sha256Hashing();
    const names = new TemporaryNames(ids, thisProcess, new Set());
    store = new FsConfigStore(directory, { files: new NodeStoreFiles(), hashing, names, clock });
    ports = {
      devices: new InMemoryDeviceDirectory(access()),
      source: new SshConfigSource(clock),
      hashing,
      reader,
      store,
      transaction: new TypeOrmBackupsTransaction(database.source, {
        join: () => jobs.join(InMemoryTransaction.begin(signal).open),
      }),
      clock,
      ids,
    };
  });

  afterEach(async () => {
    await device.stop();
    await rm(directory, { recursive: true });
  });

  const access = (): DeviceAccess =>
    aDeviceAccess({
      id: deviceId,
      address: device.address,
      port: device.port,
      hostKey: device.hostKey,
      credentials: { kind: 'password', username: credentials.username, password: new Secret(credentials.password) },
    });
  const run = ({
    lease = jobs.claim(ids.next<'Job'>()),
    ...overrides
  }: Partial<RunBackupPorts> & { lease?: Lease } = {}) =>
    new RunBackup({ ...ports, ...overrides }).execute({ deviceId, lease }, { signal });
  const versions = () => reader.page({ deviceId, before: null, limit: 10 }, signal);
  const filesStored = async () =>
    (await readdir(directory, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).length;

  it('stores what the device is configured to, byte by byte', async () => {
    const made = expectOk(await run());

    const content = expectOk(
      await new ReadVersionContent(reader, store).execute({ versionId: made.versionId }, { signal }),
    );
    const text = new TextDecoder().decode(content.bytes);
    expect(made).to.include({ outcome: 'stored', bytes: content.bytes.length });
    expect(text)
      .to.include('\nhostname core-sw1\n')
      .and.to.match(/\nend\n$/);
    expect(content.version).to.include({
      deviceId,
      sequence: 1,
      model: 'ios',
      contentHash: new Sha256Hashing().of(content.bytes),
    });
  });

  it('finds nothing changed the second time, though the clock of the device went on', async () => {
    const first = expectOk(await run());
    device.changeConfiguration((text) => text.replace('08:15:42 UTC', '09:00:00 UTC'));

    const second = expectOk(await run());

    expect(second).to.include({ outcome: 'unchanged', versionId: first.versionId });
    expect(await versions()).to.have.lengthOf(1);
    expect(await filesStored()).to.equal(1);
  });

  it('makes a second version of a changed configuration, and shows the change', async () => {
    expectOk(await run());
    device.changeConfiguration((text) => text.replace('hostname core-sw1', 'hostname core-sw9'));

    const second = expectOk(await run());

    const diff = new DiffVersions(reader, store, new ThreadedLineDiff(clock));
    const shown = expectOk(await diff.execute({ versionId: second.versionId, against: null }, { signal }));
    expect(second.outcome).to.equal('stored');
    expect((await versions()).map(({ sequence }) => sequence)).to.deep.equal([2, 1]);
    expect(shown.split('\n').filter((line) => /^[-+]/.test(line))).to.deep.equal([
      '--- version-1',
      '+++ version-2',
      '-hostname core-sw1',
      '+hostname core-sw9',
    ]);
  });

  it('makes one version of two runs that have both stored what they found', async () => {
    const both = Promise.withResolvers<void>();
    let stored = 0;
    const put: ConfigStore['put'] = async (bytes, until) => {
      const hash = await store.put(bytes, until);
      stored += 1;
      if (stored === 2) both.resolve();
      await both.promise;
      return hash;
    };
    const racing = { put, get: store.get.bind(store), has: store.has.bind(store) };

    const made = (await Promise.all([run({ store: racing }), run({ store: racing })])).map(expectOk);

    expect(made.map(({ outcome }) => outcome).toSorted()).to.deep.equal(['stored', 'unchanged']);
    expect(made[0]?.versionId).to.equal(made[1]?.versionId);
    expect(await versions()).to.have.lengthOf(1);
    expect(await filesStored()).to.equal(1);
  });

  it('does not put an older configuration after a newer one, however late it comes', async () => {
    const [collected, wayFree] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const put: ConfigStore['put'] = async (bytes, until) => {
      collected.resolve();
      await wayFree.promise;
      return store.put(bytes, until);
    };
    const overtaken = run({ store: { put, get: store.get.bind(store), has: store.has.bind(store) } });
    await collected.promise;
    device.changeConfiguration((text) => text.replace('hostname core-sw1', 'hostname core-sw9'));
    const newer = expectOk(await run());

    wayFree.resolve();
    const refusal = expectErr(await overtaken);

    expect(refusal.kind).to.equal('Superseded');
    expect((await versions()).map(({ id }) => id)).to.deep.equal([newer.versionId]);
  });

  it('keeps a holder that comes late from adding a version', async () => {
    const jobId: JobId = ids.next();
    const late = jobs.claim(jobId);
    jobs.claim(jobId);

    const failure = await run({ lease: late }).catch((error: unknown) => error);

    expect(failure).to.be.instanceOf(LeaseLost).with.deep.property('lease', late);
    expect(await versions()).to.deep.equal([]);
  });

  it('stores nothing of an answer that was cut', async () => {
    device.faults = { cut: { afterBytes: 900, by: 'exit' } };

    const failure = expectErr(await run());

    expect(failure.kind).to.equal('ConfigurationIncomplete');
    expect(await versions()).to.deep.equal([]);
    expect(await filesStored()).to.equal(0);
  });
});
