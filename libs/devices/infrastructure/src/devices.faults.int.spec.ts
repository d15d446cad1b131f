import { deviceFaults } from './testing/device-faults.ts';
import { PostgresDevicesTest } from './testing/postgres-devices-test.ts';

const t = PostgresDevicesTest.install();

describe('Devices in PostgreSQL, whatever fails,', () => {
  deviceFaults(t);
});
