import type { DatabaseSchema } from '#platform/database';
import { CreateDevices1795251600100 } from '../migrations/1795251600100-create-devices.ts';
import { DeviceRow } from './device.row.ts';

export const devicesSchema: DatabaseSchema = { rows: [DeviceRow], migrations: [CreateDevices1795251600100] };
