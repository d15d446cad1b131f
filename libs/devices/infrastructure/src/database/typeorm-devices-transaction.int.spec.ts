import type { DevicesStores } from '#devices/application';
import { devicesContract, transactionOverDevices } from '#devices/application/testing';
import { aDevice } from '#devices/domain/testing';
import { expectErr, expectOk, transactionContract, sequentialId } from '#kernel/testing';
import { schemaDrift } from '#platform/database';
import { useDatabase } from '#testing/database';
import { expect } from 'chai';
import { devicesSchema } from './devices-schema.ts';
import { TypeOrmDeviceReader } from './typeorm-device-reader.ts';
import { TypeOrmDevices } from './typeorm-devices.ts';
import { TypeOrmDevicesTransaction } from './typeorm-devices-transaction.ts';

const untimed = (): AbortSignal => new AbortController().signal;

describe('TypeOrmDevicesTransaction', () => {
  const database = useDatabase(devicesSchema);

  devicesContract.holdsFor(TypeOrmDevices, () => new TypeOrmDevicesTransaction(database.source));

  transactionContract.holdsFor(TypeOrmDevicesTransaction, () =>
    transactionOverDevices({
      transaction: new TypeOrmDevicesTransaction(database.source),
      reader: new TypeOrmDeviceReader(database.source),
    }),
  );

  it('refuses both of two transactions that exchange names and wait for each other', async () => {
    const transaction = new TypeOrmDevicesTransaction(database.source);
    const devices = [aDevice(), aDevice({ id: sequentialId(2), name: 'core-2' })];
    for (const device of devices) {
      expectOk(await transaction.run((stores) => stores.devices.insert(device), untimed()));
    }
    const { promise: bothHaveRemoved, resolve: open } = Promise.withResolvers<void>();
    let removals = 0;
    const replace = (position: number, name: string) =>
      transaction.run(async (stores: DevicesStores) => {
        await stores.devices.remove(sequentialId(position));
        removals += 1;
        if (removals === 2) open();
        await bothHaveRemoved;
        return stores.devices.insert(aDevice({ id: sequentialId(position + 2), name }));
      }, untimed());

    const outcomes = await Promise.all([replace(1, 'core-2'), replace(2, 'core-1')]);

    expect(outcomes.map((outcome) => expectErr(outcome))).to.deep.equal([
      { kind: 'DeviceNameTaken', name: 'core-2' },
      { kind: 'DeviceNameTaken', name: 'core-1' },
    ]);
  });

  it('finds the table as its row describes it', async () => {
    expect(await schemaDrift(database.source)).to.deep.equal([]);
  });
});
