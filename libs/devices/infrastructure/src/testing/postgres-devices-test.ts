import { DeviceDirectory } from '#devices/contracts';
import type { DeviceId } from '#devices/domain';
import { TestDatabase } from '#testing/database';
import type { DataSource } from 'typeorm';
import { devicesSchema } from '../database/devices-schema.ts';
import { passwordIn, WiredDevicesTest } from './wired-devices-test.ts';

/** The devices' module over PostgreSQL. */
export class PostgresDevicesTest extends WiredDevicesTest {
  readonly database = this.part(new TestDatabase(devicesSchema, { races: true }));

  async passwordOf(id: DeviceId): Promise<string> {
    const directory = await this.get(DeviceDirectory);
    return passwordIn((await directory.access(id, this.signal))?.credentials);
  }

  protected override source(): DataSource {
    return this.database.source;
  }
}
