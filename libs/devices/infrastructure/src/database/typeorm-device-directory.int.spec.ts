import { CredentialsUnreadable } from '#devices/application';
import { aPassword, InMemoryCredentialVault } from '#devices/application/testing';
import type { DeviceSnapshot } from '#devices/domain';
import { aDevice, aHostKey } from '#devices/domain/testing';
import { expectOk, sequentialId } from '#kernel/testing';
import { useDatabase } from '#testing/database';
import { expect } from 'chai';
import { devicesSchema } from './devices-schema.ts';
import { TypeOrmDeviceDirectory } from './typeorm-device-directory.ts';
import { TypeOrmDevicesTransaction } from './typeorm-devices-transaction.ts';

const id = sequentialId<'Device'>(1);
const untimed = (): AbortSignal => new AbortController().signal;

describe('TypeOrmDeviceDirectory', () => {
  const database = useDatabase(devicesSchema);
  const vault = new InMemoryCredentialVault();
  const directory = () => new TypeOrmDeviceDirectory(database.source, vault);
  const insert = async (facts: Partial<DeviceSnapshot>) => {
    const transaction = new TypeOrmDevicesTransaction(database.source);
    expectOk(await transaction.run(({ devices }) => devices.insert(aDevice(facts)), untimed()));
  };

  it('says all it takes to log in to a device', async () => {
    const credentials = aPassword();
    const hostKey = { ...aHostKey() };
    await insert({ credentials: await vault.seal(id, credentials, untimed()), hostKey });

    const access = await directory().access(id, untimed());

    const { name, address, port, model } = aDevice().snapshot();
    expect(access).to.deep.equal({ id, name, address, port, model, hostKey, credentials });
    expect(access?.credentials).to.equal(credentials);
  });

  it('says that no host key was pinned', async () => {
    await insert({ credentials: await vault.seal(id, aPassword(), untimed()) });

    expect((await directory().access(id, untimed()))?.hostKey).to.equal(null);
  });

  it('knows nothing of a device that is not registered', async () => {
    expect(await directory().access(sequentialId(9), untimed())).to.equal(null);
  });

  it('does not hand out credentials that were sealed for another device', async () => {
    await insert({ credentials: await vault.seal(sequentialId(2), aPassword(), untimed()) });

    const failure = await directory()
      .access(id, untimed())
      .catch((error: unknown) => error);

    expect(failure).to.be.instanceOf(CredentialsUnreadable);
  });

  it('does not read for a caller that has stopped', async () => {
    const stopped = new Error('stopped by the caller');

    const failure = await directory()
      .access(id, AbortSignal.abort(stopped))
      .catch((reason: unknown) => reason);

    expect(failure).to.equal(stopped);
  });
});
