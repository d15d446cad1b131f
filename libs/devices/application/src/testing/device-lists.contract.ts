import type { DeviceSnapshot } from '#devices/domain';
import { aDevice } from '#devices/domain/testing';
import { ok } from '#kernel';
import { expectOk, sequentialId } from '#kernel/testing';
import { expect } from 'chai';
import { DEVICE_SORT_FIELDS, type DevicePlace, type DeviceSort, type DeviceView } from '../ports/device-reader.ts';
import type { DeviceReaderUnderTest } from './device-reader.contract.ts';

const day = (date: number): Date => new Date(Date.UTC(2026, 0, date));

/** Devices 1 to 6, not in the order of any field, and with equals in all of them but the name. */
const fleet: readonly Partial<DeviceSnapshot>[] = [
  { name: 'd', address: '192.0.2.10', port: 22, model: 'ios', tags: ['ams', 'core'], createdAt: day(3) },
  { name: 'a-1', address: '192.0.2.9', port: 2022, model: 'eos', enabled: false, createdAt: day(1) },
  { name: 'c', address: 'core.example', port: 22, model: 'ios', tags: ['core'], changedAt: day(9) },
  { name: 'a', address: '192.0.2.10', port: 830, model: 'eos', createdAt: day(3), changedAt: day(9) },
  { name: 'a1', address: '2001:db8::1', port: 22, model: 'junos', enabled: false, tags: ['ams', 'core', 'edge'] },
  { name: 'b', address: '192.0.2.9', port: 2022, model: 'ios', changedAt: day(2) },
];

/** The part of a reader's promises that is about order, filters and tags. */
export function listsAreKept(open: () => DeviceReaderUnderTest): void {
  const start = async () => {
    const { reader, transaction, signal } = open();
    for (const [index, facts] of fleet.entries()) {
      const device = aDevice({ id: sequentialId(index + 1), ...facts });
      expectOk(await transaction.run(({ devices }) => devices.insert(device), signal));
    }
    const page = (sort: DeviceSort, limit: number, after: DevicePlace | null = null) =>
      reader.page({ selection: {}, sort, after, limit }, signal);
    return { reader, transaction, signal, page };
  };

  for (const field of DEVICE_SORT_FIELDS) {
    for (const descending of [false, true]) {
      it(`goes by ${field} ${descending ? 'backwards' : 'forwards'}, then by id, page by page`, async () => {
        const { page } = await start();
        const sort = { field, descending };

        const seen: DeviceView[] = [];
        for (let after: DevicePlace | null = null; seen.length < fleet.length;) {
          const found: readonly DeviceView[] = await page(sort, 2, after);
          const last = found.at(-1) ?? expect.fail('The pages end too early.');
          seen.push(...found);
          after = { value: last[field], id: last.id };
        }

        const key = (device: DeviceView): string => {
          const value = device[field];
          const text = typeof value === 'string' ? value : String(Number(value)).padStart(15, '0');
          return `${text}\0${device.id}`;
        };
        const keys = seen.map(key);
        const sorted = keys.toSorted();
        expect(keys).to.deep.equal(descending ? sorted.reverse() : sorted);
        expect(new Set(keys).size).to.equal(fleet.length);
      });
    }
  }

  it('leaves out nobody who stays when others are inserted and removed between two pages', async () => {
    const { page, transaction, signal } = await start();
    const sort = { field: 'model', descending: false } as const;
    const first = await page(sort, 3);
    const place = { value: first[2]!.model, id: first[2]!.id };

    await transaction.run(({ devices }) => devices.insert(aDevice({ id: sequentialId(20), model: 'eos' })), signal);
    await transaction.run(async ({ devices }) => ok(await devices.remove(first[2]!.id)), signal);

    const second = await page(sort, 10, place);
    expect(second.map(({ id }) => id)).to.deep.equal([3, 6, 5].map((position) => sequentialId(position)));
  });

  it('shows the devices of a selection only', async () => {
    const { reader, signal } = await start();
    const selection = { tags: { any: ['ams', 'edge'] }, text: '2', enabled: true };

    const sort = { field: 'name', descending: false } as const;
    const found = await reader.page({ selection, sort, after: null, limit: 10 }, signal);

    expect(found.map(({ name }) => name)).to.deep.equal(['d']);
  });

  it('counts the devices of each tag, page by page', async () => {
    const { reader, signal } = await start();

    const first = await reader.tags({ after: null, limit: 2 }, signal);
    const second = await reader.tags({ after: 'core', limit: 2 }, signal);

    expect(first).to.deep.equal([
      { tag: 'ams', devices: 2 },
      { tag: 'core', devices: 3 },
    ]);
    expect(second).to.deep.equal([{ tag: 'edge', devices: 1 }]);
  });
}
