import { aDevice } from '#devices/domain/testing';
import { sequentialId } from '#kernel/testing';
import { cases } from '#testing/lifecycle';
import { expect } from 'chai';
import { UseCaseTest } from '../testing/use-case-test.ts';
import { ListDevices, type ListDevicesQuery } from './list-devices.ts';

class ListDevicesTest extends UseCaseTest {
  protected override setUp(): void {
    this.holding(...['a', 'b', 'c', 'd'].map((name, index) => aDevice({ id: sequentialId(index + 1), name })));
  }

  async listed(name: string | null, limit: number, query: Partial<ListDevicesQuery> = {}) {
    const after = name === null ? null : { value: name, id: sequentialId<'Device'>(9) };
    const list = new ListDevices(this.reader);
    const { devices, next } = await list.execute({ after, limit, ...query }, this.context);
    return { names: devices.map(({ name }) => name), next };
  }
}

const t = ListDevicesTest.install();

describe('ListDevices', () => {
  it(
    'says where the next page begins',
    t.test(async ({ listed }) => {
      expect(await listed(null, 2)).to.deep.equal({ names: ['a', 'b'], next: { value: 'b', id: sequentialId(2) } });
    }),
  );

  it(
    'says that there is no next page, also when the last one is full',
    t.test(async ({ listed }) => {
      expect(await listed('b', 2)).to.deep.equal({ names: ['c', 'd'], next: null });
      expect(await listed('d', 2)).to.deep.equal({ names: [], next: null });
    }),
  );

  it(
    'names the next place by what the list is sorted by, among the selected devices',
    t.test(async ({ listed }) => {
      const sort = { field: 'port', descending: true } as const;

      const page = await listed(null, 1, { sort, selection: { text: 'c' } });
      const first = await listed(null, 1, { sort });

      expect(page).to.deep.equal({ names: ['c'], next: null });
      expect(first).to.deep.equal({ names: ['d'], next: { value: 22, id: sequentialId(4) } });
    }),
  );

  for (const [title, limit] of cases('does not take {case} for the length of a page', [0, 201, 1.5, Number.NaN])) {
    it(
      title,
      t.test(async ({ listed }) => {
        const failure = await listed(null, limit).catch((error: unknown) => error);

        expect(failure).to.be.instanceOf(RangeError);
      }),
    );
  }

  it(
    'takes 200 for the length of a page',
    t.test(async ({ listed }) => {
      expect((await listed(null, 200)).names).to.have.lengthOf(4);
    }),
  );
});
