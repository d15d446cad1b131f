import { itBehavesLikeADevicesTransaction } from './devices-transaction.contract.ts';
import { InMemoryDeviceTable } from './in-memory-device-table.ts';
import { InMemoryDevicesTransaction } from './in-memory-devices-transaction.ts';

describe('InMemoryDevicesTransaction', () => {
  itBehavesLikeADevicesTransaction(() => new InMemoryDevicesTransaction(new InMemoryDeviceTable()));
});
