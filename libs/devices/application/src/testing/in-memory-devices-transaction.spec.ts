import { transactionContract } from '#kernel/testing';
import { AsyncTestBase } from '#testing/lifecycle';
import { devicesContract } from './devices.contract.ts';
import { InMemoryDeviceReader } from './in-memory-device-reader.ts';
import { InMemoryDeviceTable } from './in-memory-device-table.ts';
import { InMemoryDevices } from './in-memory-devices.ts';
import { InMemoryDevicesTransaction } from './in-memory-devices-transaction.ts';
import { transactionOverDevices } from './transaction-over-devices.ts';

class InMemoryTransactionTest extends AsyncTestBase {
  readonly #table = new InMemoryDeviceTable();
  readonly transaction = new InMemoryDevicesTransaction(this.#table);
  readonly reader = new InMemoryDeviceReader(this.#table);
}

const t = InMemoryTransactionTest.install();

describe('InMemoryDevicesTransaction', () => {
  devicesContract.holdsFor(
    InMemoryDevices,
    t.opens(({ transaction, signal }) => ({ transaction, signal })),
  );
  transactionContract.holdsFor(InMemoryDevicesTransaction, t.opens(transactionOverDevices));
});
