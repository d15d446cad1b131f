import type { DatabaseSchema } from '#platform/database';
import { CreateDevices1795251600100 } from '../migrations/1795251600100-create-devices.ts';
import { AddDeviceTags1795306000300 } from '../migrations/1795306000300-add-device-tags.ts';
import { DeviceRow } from './device.row.ts';

export const devicesSchema: DatabaseSchema = {
  rows: [DeviceRow],
  migrations: [CreateDevices1795251600100, AddDeviceTags1795306000300],
};
