import { aDevice } from '#devices/domain/testing';
import { sequentialId } from '#kernel/testing';
import { expect } from 'chai';
import { InMemoryDeviceReader } from '../testing/in-memory-device-reader.ts';
import { InMemoryDeviceTable } from '../testing/in-memory-device-table.ts';
import { ListDevices } from './list-devices.ts';

const context = { signal: new AbortController().signal };

describe('ListDevices', () => {
  const devices = ['a', 'b', 'c', 'd'].map((name, index) => aDevice({ id: sequentialId(index + 1), name }));
  const list = new ListDevices(new InMemoryDeviceReader(InMemoryDeviceTable.holding(...devices)));
  const listed = async (after: string | null, limit: number) => {
    const page = await list.execute({ after, limit }, context);
    return { names: page.devices.map(({ name }) => name), next: page.next };
  };

  it('says where the next page begins', async () => {
    expect(await listed(null, 2)).to.deep.equal({ names: ['a', 'b'], next: 'b' });
  });

  it('says that there is no next page, also when the last one is full', async () => {
    expect(await listed('b', 2)).to.deep.equal({ names: ['c', 'd'], next: null });
    expect(await listed('d', 2)).to.deep.equal({ names: [], next: null });
  });

  for (const limit of [0, 201, 1.5, Number.NaN]) {
    it(`does not take ${limit} for the length of a page`, async () => {
      const failure = await listed(null, limit).catch((error: unknown) => error);

      expect(failure).to.be.instanceOf(RangeError);
    });
  }

  it('takes 200 for the length of a page', async () => {
    expect((await listed(null, 200)).names).to.have.lengthOf(4);
  });
});
