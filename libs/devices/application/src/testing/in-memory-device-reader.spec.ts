import { AsyncTestBase } from '#testing/lifecycle';
import { deviceReaderContract } from './device-reader.contract.ts';
import { InMemoryDeviceReader } from './in-memory-device-reader.ts';
import { InMemoryDeviceTable } from './in-memory-device-table.ts';
import { InMemoryDevicesTransaction } from './in-memory-devices-transaction.ts';

const t = AsyncTestBase.install();

deviceReaderContract.holdsFor(
  InMemoryDeviceReader,
  t.opens(({ signal }) => {
    const table = new InMemoryDeviceTable();
    return { reader: new InMemoryDeviceReader(table), transaction: new InMemoryDevicesTransaction(table), signal };
  }),
);
