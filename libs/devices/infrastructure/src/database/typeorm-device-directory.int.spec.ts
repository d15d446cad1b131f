import { aPassword, InMemoryCredentialVault } from '#devices/application/testing';
import { CredentialsUnreadable, type DeviceAccess } from '#devices/contracts';
import { deviceDirectoryContract } from '#devices/contracts/testing';
import { Device, type DeviceSnapshot } from '#devices/domain';
import { aDevice } from '#devices/domain/testing';
import { ok } from '#kernel';
import { expectOk, sequentialId } from '#kernel/testing';
import { useDatabase } from '#testing/database';
import { expect } from 'chai';
import { devicesSchema } from './devices-schema.ts';
import { TypeOrmDeviceDirectory } from './typeorm-device-directory.ts';
import { TypeOrmDevicesTransaction } from './typeorm-devices-transaction.ts';

const untimed = (): AbortSignal => new AbortController().signal;

describe('TypeOrmDeviceDirectory', () => {
  const database = useDatabase(devicesSchema);
  const vault = new InMemoryCredentialVault();
  const directory = () => new TypeOrmDeviceDirectory(database.source, vault);
  const transaction = () => new TypeOrmDevicesTransaction(database.source);

  const register = async ({ credentials, ...access }: DeviceAccess): Promise<void> => {
    const sealed = await vault.seal(access.id, credentials, untimed());
    await store({ ...access, credentials: sealed });
  };
  const store = async (facts: Partial<DeviceSnapshot>) => {
    const next = aDevice(facts).snapshot();
    const stored = await transaction().run(async ({ devices }) => {
      const before = (await devices.find(next.id))?.snapshot();
      if (before === undefined) return devices.insert(Device.restore(next));
      return devices.update(Device.restore({ ...next, version: before.version + 1 }));
    }, untimed());
    expectOk(stored);
  };

  deviceDirectoryContract.holdsFor(TypeOrmDeviceDirectory, () => ({
    directory: directory(),
    register,
    spoilCredentials: async (id) => {
      const { bytes } = await vault.seal(id, aPassword(), untimed());
      await store({ id, credentials: { keyId: 'another', bytes } });
    },
    remove: async (id) => {
      expectOk(await transaction().run(async ({ devices }) => ok(await devices.remove(id)), untimed()));
    },
  }));

  it('knows a device whose credentials do not open, and does not hand them out', async () => {
    const id = sequentialId<'Device'>(1);
    await store({ id, credentials: await vault.seal(sequentialId(2), aPassword(), untimed()) });

    const known = await directory().known([id], untimed());
    const failure = await directory()
      .access(id, untimed())
      .catch((error: unknown) => error);

    expect(known).to.have.lengthOf(1);
    expect(failure).to.be.instanceOf(CredentialsUnreadable);
  });
});
