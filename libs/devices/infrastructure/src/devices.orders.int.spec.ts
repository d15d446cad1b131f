import { deviceOrders } from './testing/device-orders.ts';
import { importOrders } from './testing/device-imports.ts';
import { deviceTagOrders } from './testing/device-tag-orders.ts';
import { PostgresDevicesTest } from './testing/postgres-devices-test.ts';

const t = PostgresDevicesTest.install();

describe('Devices in PostgreSQL, in every order,', () => {
  deviceOrders(t, { switches: 2 });
  deviceTagOrders(t);
  importOrders(t, { switches: 1 });
});
