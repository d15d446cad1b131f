import { aDevice } from '#devices/domain/testing';
import { expectOk, SequentialIds, type TransactionSubject } from '#kernel/testing';
import type { DeviceReader } from '../ports/device-reader.ts';
import type { DevicesStores, DevicesTransaction } from '../ports/devices-transaction.ts';

type Parts = {
  readonly transaction: DevicesTransaction;
  readonly reader: DeviceReader;
  readonly signal: AbortSignal;
};

const BY_NAME = { selection: {}, sort: { field: 'name', descending: false } } as const;

/** The devices as the suite of all transactions sees them: a fact is the name of a device. */
export function transactionOverDevices({ transaction, reader, signal }: Parts): TransactionSubject<DevicesStores> {
  const ids = new SequentialIds();
  return {
    transaction,
    write: async ({ devices }, name) => expectOk(await devices.insert(aDevice({ id: ids.next(), name }))),
    committed: async () => (await reader.page({ ...BY_NAME, after: null, limit: 10 }, signal)).map(({ name }) => name),
  };
}
