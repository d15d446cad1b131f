import { Secret } from '#kernel';
import { contract, sequentialId } from '#kernel/testing';
import { expect } from 'chai';
import { CredentialsUnreadable } from '../credentials-unreadable.ts';
import {
  DeviceDirectory,
  type DeviceAccess,
  type DeviceCredentials,
  type DeviceId,
  type KnownDevice,
} from '../device-directory.ts';
import { aDeviceAccess } from './a-device-access.ts';
import type { RegisteredDevice } from './in-memory-device-directory.ts';
import { revealed } from './revealed.ts';
import { selectionIsKept } from './device-selection.contract.ts';

/** A directory in which no device is registered yet. */
export type DeviceDirectoryUnderTest = {
  readonly directory: DeviceDirectory;
  /** The test's. */
  readonly signal: AbortSignal;
  /** Registers a device, or changes the one of that id. */
  readonly register: (device: RegisteredDevice) => Promise<void>;
  /** Seals what is stored of the device's credentials under a key that the directory does not have. */
  readonly spoilCredentials: (id: DeviceId) => Promise<void>;
  readonly remove: (id: DeviceId) => Promise<void>;
};

const id = (position: number): DeviceId => sequentialId(position);
const comparable = (access: DeviceAccess | null) =>
  access === null ? null : { ...access, credentials: revealed(access.credentials) };

/** What every {@link DeviceDirectory} promises. */
export const deviceDirectoryContract = contract(DeviceDirectory, (open: () => DeviceDirectoryUnderTest) => {
  const knownOf = async ({ directory, signal }: DeviceDirectoryUnderTest, ...ids: DeviceId[]) => {
    const known = await directory.known(ids, signal);
    return [...known].sort((one, other) => (one.id < other.id ? -1 : 1));
  };

  const everyLogin: Record<string, DeviceCredentials> = {
    'a password': { kind: 'password', username: 'backup', password: new Secret('hunter2') },
    'a private key': { kind: 'key', username: 'backup', privateKey: new Secret('PEM'), passphrase: null },
    'an encrypted private key': {
      kind: 'key',
      username: 'backup',
      privateKey: new Secret('PEM'),
      passphrase: new Secret('hunter2'),
    },
  };
  for (const [what, credentials] of Object.entries(everyLogin)) {
    it(`says all it takes to log in to a device with ${what}`, async () => {
      const under = open();
      const device = aDeviceAccess({ credentials });
      await under.register(device);
      await under.register(aDeviceAccess({ id: id(2), name: 'core-2', address: '192.0.2.2' }));

      const access = await under.directory.access(device.id, under.signal);

      expect(comparable(access)).to.deep.equal(comparable(device));
    });
  }

  it('knows those of the devices that are registered, and says nothing of others', async () => {
    const under = open();
    await under.register(aDeviceAccess({ id: id(1), name: 'core-1', model: 'ios' }));
    await under.register({
      ...aDeviceAccess({ id: id(2), name: 'core-2', model: 'eos', hostKey: null }),
      enabled: false,
      tags: ['ams', 'edge'],
    });
    await under.register(aDeviceAccess({ id: id(3), name: 'core-3' }));

    const known = await knownOf(under, id(2), id(9), id(1));

    const expected: KnownDevice[] = [
      { id: id(1), name: 'core-1', model: 'ios', hostKeyPinned: true, enabled: true, tags: [] },
      { id: id(2), name: 'core-2', model: 'eos', hostKeyPinned: false, enabled: false, tags: ['ams', 'edge'] },
    ];
    expect(known).to.deep.equal(expected);
  });

  it('knows a device once, however often it is asked about', async () => {
    const under = open();
    await under.register(aDeviceAccess());

    expect(await knownOf(under, id(1), id(1), id(1))).to.have.lengthOf(1);
  });

  it('answers a question about no device, and one about thousands', async () => {
    const under = open();
    await under.register(aDeviceAccess({ id: id(70_000) }));
    const thousands = Array.from({ length: 70_000 }, (_, index) => id(index + 1));

    expect(await knownOf(under)).to.deep.equal([]);
    expect(await knownOf(under, ...thousands)).to.have.lengthOf(1);
  });

  it('says that no host key was pinned', async () => {
    const under = open();
    await under.register(aDeviceAccess({ hostKey: null }));

    expect(await under.directory.access(id(1), under.signal)).to.include({ hostKey: null });
  });

  it('tells of a device as it is now', async () => {
    const under = open();
    await under.register(aDeviceAccess());
    const moved = aDeviceAccess({ name: 'edge-1', address: '192.0.2.9', model: 'eos', hostKey: null });

    await under.register(moved);

    expect(comparable(await under.directory.access(id(1), under.signal))).to.deep.equal(comparable(moved));
    expect(await knownOf(under, id(1))).to.deep.equal([
      { id: id(1), name: 'edge-1', model: 'eos', hostKeyPinned: false, enabled: true, tags: [] },
    ]);
  });

  it('knows nothing of a device that was removed, or never registered', async () => {
    const under = open();
    await under.register(aDeviceAccess());

    await under.remove(id(1));

    const access = [
      await under.directory.access(id(1), under.signal),
      await under.directory.access(id(9), under.signal),
    ];
    expect(access).to.deep.equal([null, null]);
    expect(await knownOf(under, id(1), id(9))).to.deep.equal([]);
  });

  it('knows a device whose credentials do not open, and does not hand them out until they are set again', async () => {
    const under = open();
    await under.register(aDeviceAccess());
    await under.spoilCredentials(id(1));

    const known = await knownOf(under, id(1));
    const failure = await under.directory.access(id(1), under.signal).catch((error: unknown) => error);
    await under.register(aDeviceAccess());
    const access = await under.directory.access(id(1), under.signal);

    expect(known).to.have.lengthOf(1);
    expect(failure)
      .to.be.instanceOf(CredentialsUnreadable)
      .and.include({ deviceId: id(1), why: 'another key' });
    expect(comparable(access)).to.deep.equal(comparable(aDeviceAccess()));
  });

  it('does not read for a caller that has stopped', async () => {
    const { directory } = open();
    const stopped = new Error('stopped by the caller');
    const signal = AbortSignal.abort(stopped);

    const answers = await Promise.allSettled([
      directory.access(id(1), signal),
      directory.known([id(1)], signal),
      directory.select({}, { after: null, limit: 1 }, signal),
    ]);

    const rejected = { status: 'rejected', reason: stopped };
    expect(answers).to.deep.equal([rejected, rejected, rejected]);
  });

  selectionIsKept(open);
});
