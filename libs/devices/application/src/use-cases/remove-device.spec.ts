import { aDevice } from '#devices/domain/testing';
import { expectErr, expectOk, sequentialId } from '#kernel/testing';
import { expect } from 'chai';
import { InMemoryDeviceTable } from '../testing/in-memory-device-table.ts';
import { InMemoryDevicesTransaction } from '../testing/in-memory-devices-transaction.ts';
import { RemoveDevice } from './remove-device.ts';

const context = { signal: new AbortController().signal };

describe('RemoveDevice', () => {
  it('removes this device and no other', async () => {
    const other = aDevice({ id: sequentialId(2), name: 'core-2' });
    const table = InMemoryDeviceTable.holding(aDevice(), other);

    expectOk(await new RemoveDevice(new InMemoryDevicesTransaction(table)).execute({ id: sequentialId(1) }, context));

    expect(table.all()).to.deep.equal([other.snapshot()]);
  });

  it('refuses when there is no such device', async () => {
    const table = InMemoryDeviceTable.holding(aDevice());

    const outcome = await new RemoveDevice(new InMemoryDevicesTransaction(table)).execute(
      { id: sequentialId(9) },
      context,
    );

    expect(expectErr(outcome)).to.deep.equal({ kind: 'DeviceNotFound', deviceId: sequentialId(9) });
    expect(table.all()).to.have.lengthOf(1);
  });
});
