import { sequentialId } from '#kernel/testing';
import { expect } from 'chai';
import type { DeviceId } from '../device-directory.ts';
import type { DeviceSelection } from '../device-selection.ts';
import { aDeviceAccess } from './a-device-access.ts';
import type { DeviceDirectoryUnderTest } from './device-directory.contract.ts';
import type { RegisteredDevice } from './in-memory-device-directory.ts';

const id = (position: number): DeviceId => sequentialId(position);

const fleet: readonly RegisteredDevice[] = [
  { ...aDeviceAccess({ id: id(1), name: 'ams-core-1', address: '192.0.2.1', model: 'ios' }), tags: ['ams', 'core'] },
  { ...aDeviceAccess({ id: id(2), name: 'ams-edge-1', address: '192.0.2.2', model: 'eos' }), tags: ['ams', 'edge'] },
  { ...aDeviceAccess({ id: id(3), name: 'fra-core-1', address: 'fra.example.org', model: 'eos' }), tags: ['core'] },
  {
    ...aDeviceAccess({ id: id(4), name: 'fra-lab', address: '2001:db8::1', model: 'ios', hostKey: null }),
    enabled: false,
  },
];

/** Each selection with the positions of the devices it means. */
const selections: Readonly<Record<string, readonly [DeviceSelection, readonly number[]]>> = {
  'everything that is not narrowed': [{}, [1, 2, 3, 4]],
  'ids, whether they are there or not': [{ ids: [id(3), id(9), id(1)] }, [1, 3]],
  'no ids': [{ ids: [] }, []],
  'one of some models': [{ models: ['eos', 'vax'] }, [2, 3]],
  'no model': [{ models: [] }, []],
  'any of some tags': [{ tags: { any: ['edge', 'core', 'nobody'] } }, [1, 2, 3]],
  'any of no tags': [{ tags: { any: [] } }, []],
  'all of some tags': [{ tags: { all: ['core', 'ams'] } }, [1]],
  'all of no tags': [{ tags: { all: [] } }, [1, 2, 3, 4]],
  'none of some tags': [{ tags: { none: ['edge', 'ams'] } }, [3, 4]],
  'none of no tags': [{ tags: { none: [] } }, [1, 2, 3, 4]],
  'tags in upper case': [{ tags: { any: ['CORE'], all: ['Core'], none: ['AMS'] } }, [3]],
  'a part of the name': [{ text: 'core' }, [1, 3]],
  'a part of the address': [{ text: '0.2.2' }, [2]],
  'a text in upper case': [{ text: 'FRA' }, [3, 4]],
  'no text': [{ text: '' }, [1, 2, 3, 4]],
  'a text in which a percent sign is no pattern': [{ text: 'a%s' }, []],
  'a text in which an underscore is no pattern': [{ text: '_' }, []],
  'a text in which a backslash is nothing special': [{ text: '\\' }, []],
  'a quote, which ends nothing': [{ text: "' OR ''='" }, []],
  'enabled ones': [{ enabled: true }, [1, 2, 3]],
  'disabled ones': [{ enabled: false }, [4]],
  'all conditions at once': [{ models: ['ios'], tags: { none: ['edge'] }, text: '1', enabled: true }, [1]],
};

/** The part of a directory's promises that is about selections. */
export function selectionIsKept(open: () => DeviceDirectoryUnderTest): void {
  const start = async () => {
    const under = open();
    // Not in the order of their ids.
    for (const device of fleet.toReversed()) await under.register(device);
    const pageOf = async (selection: DeviceSelection, limit: number, after: DeviceId | null = null) => {
      const { devices, next } = await under.directory.select(selection, { after, limit }, under.signal);
      return { ids: devices.map((device) => device.id), next };
    };
    return { under, directory: under.directory, signal: under.signal, pageOf };
  };

  for (const [what, [selection, positions]] of Object.entries(selections)) {
    it(`selects by ${what}`, async () => {
      const { pageOf } = await start();

      expect(await pageOf(selection, 10)).to.deep.equal({ ids: positions.map(id), next: null });
    });
  }

  it('says of a selected device what is known of it', async () => {
    const { directory, signal } = await start();

    const selected = await directory.select({}, { after: null, limit: 10 }, signal);

    const known = await directory.known([id(1), id(2), id(3), id(4)], signal);
    expect(selected.devices).to.have.deep.members([...known]);
  });

  it('selects page by page, and says where the next one begins', async () => {
    const { pageOf } = await start();

    const pages = [await pageOf({ text: 'a' }, 3), await pageOf({ text: 'a' }, 3, id(3)), await pageOf({}, 2, id(4))];

    expect(pages).to.deep.equal([
      { ids: [id(1), id(2), id(3)], next: id(3) },
      { ids: [id(4)], next: null },
      { ids: [], next: null },
    ]);
  });

  it('leaves out no device that is renamed, and follows one that is gone', async () => {
    const { pageOf, under } = await start();
    const first = await pageOf({}, 2);

    await under.register({ ...fleet[3]!, name: 'a' });
    await under.remove(id(2));

    expect(await pageOf({}, 10, first.next)).to.deep.equal({ ids: [id(3), id(4)], next: null });
  });

  it('selects from thousands by thousands of ids', async () => {
    const { pageOf } = await start();
    const thousands = Array.from({ length: 70_000 }, (_, index) => id(index + 4));

    expect(await pageOf({ ids: thousands }, 10)).to.deep.equal({ ids: [id(4)], next: null });
  });
}
