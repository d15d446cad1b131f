import { itBehavesLikeTransaction } from '#kernel/testing';
import { itBehavesLikeADevicesTransaction } from './devices-transaction.contract.ts';
import { InMemoryDeviceReader } from './in-memory-device-reader.ts';
import { InMemoryDeviceTable } from './in-memory-device-table.ts';
import { InMemoryDevicesTransaction } from './in-memory-devices-transaction.ts';
import { transactionOverDevices } from './transaction-over-devices.ts';

describe('InMemoryDevicesTransaction', () => {
  itBehavesLikeADevicesTransaction(() => new InMemoryDevicesTransaction(new InMemoryDeviceTable()));

  itBehavesLikeTransaction(() => {
    const table = new InMemoryDeviceTable();
    const transaction = new InMemoryDevicesTransaction(table);
    return transactionOverDevices({ transaction, reader: new InMemoryDeviceReader(table) });
  });
});
