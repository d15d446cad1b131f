import type { CollectedConfiguration, CollectionFailure } from '#backups/domain';
import { aDeviceAccess, InMemoryDeviceDirectory } from '#devices/contracts/testing';
import { err, ok, type Result } from '#kernel';
import { expectErr, expectOk, ManualClock, SequentialIds } from '#kernel/testing';
import { LeaseLost, type JobId } from '#scheduling/contracts';
import { InMemoryJobs } from '#scheduling/contracts/testing';
import { expect } from 'chai';
import { InMemoryBackupsTransaction } from '../testing/in-memory-backups-transaction.ts';
import { InMemoryConfigStore } from '../testing/in-memory-config-store.ts';
import { InMemoryVersionReader } from '../testing/in-memory-version-reader.ts';
import { NumberingHashing } from '../testing/numbering-hashing.ts';
import { RunBackup, type RunBackupPorts } from './run-backup.ts';

const device = aDeviceAccess({ model: 'ios' });
const within = () => ({ signal: new AbortController().signal });
const jobOf = (name: string) => `job-${name}` as JobId;

const config = (address: string, bytes = 100) =>
  `Current configuration : ${bytes} bytes\nhostname core-1\ninterface Loopback0\n ip address ${address}\nend\n`;

describe('RunBackup', () => {
  let answer: () => Promise<Result<CollectedConfiguration, CollectionFailure>>;
  let jobs: InMemoryJobs;
  let reader: InMemoryVersionReader;
  let store: InMemoryConfigStore;
  let ports: RunBackupPorts;
  let clock: ManualClock;

  beforeEach(() => {
    const hashing = new NumberingHashing();
    jobs = new InMemoryJobs('backup.run');
    clock = new ManualClock();
    reader = new InMemoryVersionReader();
    store = new InMemoryConfigStore(hashing);
    ports = {
      devices: new InMemoryDeviceDirectory(device),
      source: { collect: () => answer() },
      hashing,
      reader,
      store,
      transaction: new InMemoryBackupsTransaction(reader, jobs),
      clock,
      ids: new SequentialIds(),
    };
  });

  const answers = (text: string) => {
    answer = async () => ok({ text });
  };
  const run = (name: string, overrides: Partial<RunBackupPorts> = {}) =>
    new RunBackup({ ...ports, ...overrides }).execute(
      { deviceId: device.id, lease: jobs.claim(jobOf(name)) },
      within(),
    );
  const versions = () => reader.page({ deviceId: device.id, before: null, limit: 100 }, within().signal);

  it('stores the first configuration as version one', async () => {
    answers(config('10.0.0.1'));

    const made = expectOk(await run('first'));

    const [version, ...others] = await versions();
    expect(made).to.deep.equal({ outcome: 'stored', versionId: version?.id, bytes: config('10.0.0.1').length });
    expect(version).to.include({ deviceId: device.id, sequence: 1, model: 'ios', jobId: jobOf('first') });
    expect(version?.collectedAt).to.deep.equal(new Date('2026-01-01T00:00:00.000Z'));
    expect(new TextDecoder().decode(await store.get(version!.contentHash, within().signal))).to.equal(
      config('10.0.0.1'),
    );
    expect(others).to.deep.equal([]);
  });

  it('stores nothing when only volatile lines have changed, and names the version that still holds', async () => {
    answers(config('10.0.0.1', 100));
    const first = expectOk(await run('first'));

    answers(config('10.0.0.1', 2_000));
    const second = expectOk(await run('second'));

    expect(second).to.deep.equal({
      outcome: 'unchanged',
      versionId: first.versionId,
      bytes: config('10.0.0.1', 2_000).length,
    });
    expect(await versions()).to.have.lengthOf(1);
    expect(store.size).to.equal(1);
  });

  for (const [what, left] of [
    ['missing', null],
    ['damaged', new TextEncoder().encode('half a conf')],
  ] as const) {
    it(`puts back content that is ${what} when the device sends the same bytes, and no other`, async () => {
      answers(config('10.0.0.1', 100));
      await run('first');
      const { contentHash } = (await versions())[0]!;
      store.damage(contentHash, left);

      answers(config('10.0.0.1', 2_000));
      await run('volatile');
      const afterOther = await store.has(contentHash, within().signal);
      answers(config('10.0.0.1', 100));
      const same = expectOk(await run('same'));

      expect(afterOther).to.equal(false);
      expect(same.outcome).to.equal('unchanged');
      const kept = new TextDecoder().decode(await store.get(contentHash, within().signal));
      expect(kept).to.equal(config('10.0.0.1', 100));
      expect(await versions()).to.have.lengthOf(1);
    });
  }

  it('fails when the content that is missing cannot be stored again', async () => {
    answers(config('10.0.0.1'));
    await run('first');
    store.damage((await versions())[0]!.contentHash, null);
    const full: RunBackupPorts['store'] = {
      put: async () => err({ kind: 'StorageFull' }),
      get: (hash, signal) => store.get(hash, signal),
      has: (hash, signal) => store.has(hash, signal),
    };

    expect(expectErr(await run('full', { store: full }))).to.deep.equal({ kind: 'StorageFull' });
  });

  it('stores every significant change, also one that goes back', async () => {
    const outcomes: string[] = [];

    for (const address of ['10.0.0.1', '10.0.0.2', '10.0.0.1']) {
      answers(config(address));
      outcomes.push(expectOk(await run(address)).outcome);
    }

    expect(outcomes).to.deep.equal(['stored', 'stored', 'stored']);
    expect((await versions()).map(({ sequence }) => sequence)).to.deep.equal([3, 2, 1]);
    expect(store.size).to.equal(2);
  });

  it('makes one version of two runs at the same time', async () => {
    answers(config('10.0.0.1'));

    const made = await Promise.all([run('one'), run('two')]);

    const outcomes = made.map(expectOk);
    expect(outcomes.map(({ outcome }) => outcome).toSorted()).to.deep.equal(['stored', 'unchanged']);
    expect(outcomes[0]?.versionId).to.equal(outcomes[1]?.versionId);
    expect(await versions()).to.have.lengthOf(1);
  });

  it('does not put an older configuration after a newer one, however late it comes', async () => {
    const wayFree = Promise.withResolvers<void>();
    const slow: RunBackupPorts['store'] = {
      put: (bytes, signal) => wayFree.promise.then(() => store.put(bytes, signal)),
      get: (hash, signal) => store.get(hash, signal),
      has: (hash, signal) => store.has(hash, signal),
    };
    answers(config('10.0.0.1'));
    const overtaken = run('overtaken', { store: slow });
    await clock.advance(1_000);
    answers(config('10.0.0.2'));
    const newer = expectOk(await run('newer'));

    wayFree.resolve();
    const refusal = expectErr(await overtaken);

    const [collectedAt, by] = [new Date('2026-01-01T00:00:00.000Z'), new Date('2026-01-01T00:00:01.000Z')];
    expect(refusal).to.deep.equal({ kind: 'Superseded', collectedAt, by });
    expect((await versions()).map(({ id }) => id)).to.deep.equal([newer.versionId]);
  });

  it('says when the device had answered, not when it was asked', async () => {
    answer = async () => {
      await clock.advance(5_000);
      return ok({ text: config('10.0.0.1') });
    };

    await run('first');

    expect((await versions())[0]?.collectedAt).to.deep.equal(new Date('2026-01-01T00:00:05.000Z'));
  });

  it('leaves no version behind when its lease was lost on the way', async () => {
    answer = async () => {
      jobs.claim(jobOf('slow'));
      return ok({ text: config('10.0.0.1') });
    };

    const failure = await run('slow').catch((error: unknown) => error);

    expect(failure).to.be.instanceOf(LeaseLost);
    expect(await versions()).to.deep.equal([]);
  });

  it('passes on why nothing was collected, and stores nothing', async () => {
    answer = async () => err({ kind: 'ConfigurationIncomplete', reason: 'the connection was cut' });

    const refusal = expectErr(await run('cut'));

    expect(refusal).to.deep.equal({ kind: 'ConfigurationIncomplete', reason: 'the connection was cut' });
    expect(store.size).to.equal(0);
    expect(await versions()).to.deep.equal([]);
  });

  it('records no version of content that could not be stored', async () => {
    answers(config('10.0.0.1'));
    const full: RunBackupPorts['store'] = {
      put: async () => err({ kind: 'StorageFull' }),
      get: (hash, signal) => store.get(hash, signal),
      has: (hash, signal) => store.has(hash, signal),
    };

    const refusal = expectErr(await run('full', { store: full }));

    expect(refusal).to.deep.equal({ kind: 'StorageFull' });
    expect(await versions()).to.deep.equal([]);
  });

  it('does not connect to a device whose credentials do not open, and says so', async () => {
    answer = () => expect.fail('It connected.');
    const devices = new InMemoryDeviceDirectory(device);
    devices.spoilCredentials(device.id);

    expect(expectErr(await run('unreadable', { devices }))).to.deep.equal({ kind: 'CredentialsUnreadable' });
  });

  it('does not connect to a device that is gone, or whose model nobody knows', async () => {
    answer = () => expect.fail('It connected.');

    const gone = expectErr(await run('gone', { devices: new InMemoryDeviceDirectory() }));
    const unknown = expectErr(
      await run('unknown', { devices: new InMemoryDeviceDirectory(aDeviceAccess({ model: 'abacus' })) }),
    );

    expect(gone).to.deep.equal({ kind: 'DeviceNotRegistered' });
    expect(unknown).to.deep.equal({ kind: 'ModelUnknown', model: 'abacus' });
  });
});
