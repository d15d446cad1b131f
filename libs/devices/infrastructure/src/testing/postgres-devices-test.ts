import { TestDatabase } from '#testing/database';
import type { DataSource } from 'typeorm';
import { devicesSchema } from '../database/devices-schema.ts';
import { WiredDevicesTest } from './wired-devices-test.ts';

/** The devices' module over PostgreSQL. */
export class PostgresDevicesTest extends WiredDevicesTest {
  readonly #database = this.part(new TestDatabase(devicesSchema, { races: true }));

  protected override source(): DataSource {
    return this.#database.source;
  }
}
