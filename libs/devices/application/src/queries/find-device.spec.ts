import { aDevice } from '#devices/domain/testing';
import { expectErr, expectOk, sequentialId } from '#kernel/testing';
import { expect } from 'chai';
import { InMemoryDeviceReader } from '../testing/in-memory-device-reader.ts';
import { InMemoryDeviceTable } from '../testing/in-memory-device-table.ts';
import { FindDevice } from './find-device.ts';

const context = { signal: new AbortController().signal };

describe('FindDevice', () => {
  const find = new FindDevice(new InMemoryDeviceReader(InMemoryDeviceTable.holding(aDevice())));

  it('shows a device without its credentials', async () => {
    const view = expectOk(await find.execute({ id: sequentialId(1) }, context));

    expect(view)
      .to.include({ id: sequentialId(1), name: 'core-1' })
      .and.not.have.property('credentials');
  });

  it('refuses when there is no such device', async () => {
    const refusal = expectErr(await find.execute({ id: sequentialId(9) }, context));

    expect(refusal).to.deep.equal({ kind: 'DeviceNotFound', deviceId: sequentialId(9) });
  });
});
