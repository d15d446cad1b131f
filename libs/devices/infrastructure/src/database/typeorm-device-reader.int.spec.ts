import { deviceReaderContract } from '#devices/application/testing';
import { useDatabase } from '#testing/database';
import { devicesSchema } from './devices-schema.ts';
import { TypeOrmDeviceReader } from './typeorm-device-reader.ts';
import { TypeOrmDevicesTransaction } from './typeorm-devices-transaction.ts';

describe('TypeOrmDeviceReader', () => {
  const database = useDatabase(devicesSchema);

  deviceReaderContract.holdsFor(TypeOrmDeviceReader, () => ({
    reader: new TypeOrmDeviceReader(database.source),
    transaction: new TypeOrmDevicesTransaction(database.source),
  }));
});
