import { aPassword, InMemoryCredentialVault } from '#devices/application/testing';
import { CredentialsUnreadable } from '#devices/contracts';
import {
  deviceDirectoryContract,
  type DeviceDirectoryUnderTest,
  type RegisteredDevice,
} from '#devices/contracts/testing';
import { Device, type DeviceId, type DeviceSnapshot } from '#devices/domain';
import { aDevice } from '#devices/domain/testing';
import { ok } from '#kernel';
import { expectOk, sequentialId } from '#kernel/testing';
import { expect } from 'chai';
import { DeviceDatabaseTest } from '../testing/device-database-test.ts';
import { TypeOrmDeviceDirectory } from './typeorm-device-directory.ts';

class DirectoryTest extends DeviceDatabaseTest implements DeviceDirectoryUnderTest {
  readonly vault = new InMemoryCredentialVault();
  directory!: TypeOrmDeviceDirectory;

  protected override setUp(): void {
    super.setUp();
    this.directory = new TypeOrmDeviceDirectory(this.database.source, this.vault);
  }

  async store(facts: Partial<DeviceSnapshot>): Promise<void> {
    const next = aDevice(facts).snapshot();
    const stored = await this.transaction.run(async ({ devices }) => {
      const before = (await devices.find(next.id))?.snapshot();
      if (before === undefined) return devices.insert(Device.restore(next));
      return devices.update(Device.restore({ ...next, version: before.version + 1 }));
    }, this.signal);
    expectOk(stored);
  }

  async register({ credentials, ...device }: RegisteredDevice): Promise<void> {
    await this.store({ ...device, credentials: await this.vault.seal(device.id, credentials, this.signal) });
  }

  async spoilCredentials(id: DeviceId): Promise<void> {
    const { bytes } = await this.vault.seal(id, aPassword(), this.signal);
    await this.store({ id, credentials: { keyId: 'another', bytes } });
  }

  async remove(id: DeviceId): Promise<void> {
    expectOk(await this.transaction.run(async ({ devices }) => ok(await devices.remove(id)), this.signal));
  }
}

const t = DirectoryTest.install();

describe('TypeOrmDeviceDirectory', () => {
  deviceDirectoryContract.holdsFor(
    TypeOrmDeviceDirectory,
    t.opens((test) => test),
  );

  it(
    'knows a device whose credentials do not open, and does not hand them out',
    t.test(async ({ directory, vault, store, signal }) => {
      const id = sequentialId<'Device'>(1);
      await store({ id, credentials: await vault.seal(sequentialId(2), aPassword(), signal) });

      const known = await directory.known([id], signal);
      const failure = await directory.access(id, signal).catch((error: unknown) => error);

      expect(known).to.have.lengthOf(1);
      expect(failure).to.be.instanceOf(CredentialsUnreadable);
    }),
  );
});
