import { deviceFaults } from './testing/device-faults.ts';
import { importFaults } from './testing/device-imports.ts';
import { InMemoryDevicesTest } from './testing/in-memory-devices-test.ts';

const t = InMemoryDevicesTest.install();

describe('Devices in memory, whatever fails,', () => {
  deviceFaults(t);
  importFaults(t);
});
