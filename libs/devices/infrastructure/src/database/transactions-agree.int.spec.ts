import type { DeviceReader, DevicesTransaction } from '#devices/application';
import { InMemoryDeviceReader, InMemoryDevicesTransaction, InMemoryDeviceTable } from '#devices/application/testing';
import { aDevice } from '#devices/domain/testing';
import { expectOk, SequentialIds } from '#kernel/testing';
import { itBehavesLikeTransaction } from '#platform/database/testing';
import { useDatabase } from '#testing/database';
import { devicesSchema } from './devices-schema.ts';
import { TypeOrmDeviceReader } from './typeorm-device-reader.ts';
import { TypeOrmDevicesTransaction } from './typeorm-devices-transaction.ts';

const { signal } = new AbortController();

/** A fact is the name of a device. */
function overDevices(open: () => { transaction: DevicesTransaction; reader: DeviceReader }): void {
  itBehavesLikeTransaction(() => {
    const { transaction, reader } = open();
    const ids = new SequentialIds();
    return {
      transaction,
      write: async ({ devices }, name) => expectOk(await devices.insert(aDevice({ id: ids.next(), name }))),
      committed: async () => (await reader.page({ after: null, limit: 10 }, signal)).map(({ name }) => name),
    };
  });
}

describe('The transactions of devices', () => {
  const database = useDatabase(devicesSchema);

  describe('TypeOrmDevicesTransaction', () => {
    overDevices(() => ({
      transaction: new TypeOrmDevicesTransaction(database.source),
      reader: new TypeOrmDeviceReader(database.source),
    }));
  });

  describe('InMemoryDevicesTransaction', () => {
    overDevices(() => {
      const table = new InMemoryDeviceTable();
      return { transaction: new InMemoryDevicesTransaction(table), reader: new InMemoryDeviceReader(table) };
    });
  });
});
