import { deviceReaderContract } from '#devices/application/testing';
import { DeviceDatabaseTest } from '../testing/device-database-test.ts';
import { TypeOrmDeviceReader } from './typeorm-device-reader.ts';

const t = DeviceDatabaseTest.install();

deviceReaderContract.holdsFor(
  TypeOrmDeviceReader,
  t.opens((test) => test),
);
