import type { DevicesStores, DevicesTransaction } from '#devices/application';
import { TypeOrmTransaction } from '#platform/database';
import type { DataSource } from 'typeorm';
import { TypeOrmDevices } from './typeorm-devices.ts';

export class TypeOrmDevicesTransaction extends TypeOrmTransaction<DevicesStores> implements DevicesTransaction {
  constructor(source: DataSource) {
    super(source, (manager) => ({ devices: new TypeOrmDevices(manager) }));
  }
}
