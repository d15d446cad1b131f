import { transactionContract } from '#kernel/testing';
import { devicesContract } from './devices.contract.ts';
import { InMemoryDeviceReader } from './in-memory-device-reader.ts';
import { InMemoryDeviceTable } from './in-memory-device-table.ts';
import { InMemoryDevices } from './in-memory-devices.ts';
import { InMemoryDevicesTransaction } from './in-memory-devices-transaction.ts';
import { transactionOverDevices } from './transaction-over-devices.ts';

describe('InMemoryDevicesTransaction', () => {
  devicesContract.holdsFor(InMemoryDevices, () => new InMemoryDevicesTransaction(new InMemoryDeviceTable()));

  transactionContract.holdsFor(InMemoryDevicesTransaction, () => {
    const table = new InMemoryDeviceTable();
    const transaction = new InMemoryDevicesTransaction(table);
    return transactionOverDevices({ transaction, reader: new InMemoryDeviceReader(table) });
  });
});
