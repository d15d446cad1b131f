import type { DevicesUnderTest } from '#devices/application/testing';
import { DatabaseTest } from '#testing/database';
import { devicesSchema } from '../database/devices-schema.ts';
import { TypeOrmDeviceReader } from '../database/typeorm-device-reader.ts';
import { TypeOrmDevicesTransaction } from '../database/typeorm-devices-transaction.ts';

/** Tests of the devices in PostgreSQL. */
export class DeviceDatabaseTest extends DatabaseTest implements DevicesUnderTest {
  reader!: TypeOrmDeviceReader;
  transaction!: TypeOrmDevicesTransaction;

  protected override schemas() {
    return [devicesSchema];
  }

  protected override setUp(): void {
    this.reader = new TypeOrmDeviceReader(this.database.source);
    this.transaction = new TypeOrmDevicesTransaction(this.database.source);
  }
}
