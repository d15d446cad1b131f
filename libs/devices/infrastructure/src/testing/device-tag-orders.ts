import { AddDeviceTag, ChangeDevice, PinHostKey, RenameTag, SetDeviceEnabled } from '#devices/application';
import { aHostKey } from '#devices/domain/testing';
import { race } from '#testing/concurrency';
import type { InstalledTest } from '#testing/lifecycle';
import { everyOrder } from '#testing/order';
import { expect } from 'chai';
import type { WiredDevicesTest } from './wired-devices-test.ts';

const hostKey = { ...aHostKey() };
const ofTwo = { complete: true };

/** What holds in every order of changes that name no version: none is refused as stale, and none is lost. */
export function deviceTagOrders(t: InstalledTest<WiredDevicesTest>): void {
  it(
    'keep a tag that is added while another one is renamed',
    everyOrder(
      t,
      async ({ get, registered, devices }) => {
        const { id } = await registered({}, { tags: ['core'] });
        const [add, rename] = [await get(AddDeviceTag), await get(RenameTag)];

        const ended = await race({
          tagger: ({ signal }) => add.execute({ id, tag: 'edge' }, { signal }),
          renamer: ({ signal }) => rename.execute({ from: 'core', to: 'hub' }, { signal }),
        });

        ended.expect({ fulfilled: 2 });
        expect((await devices()).map(({ tags, version }) => [tags, version])).to.deep.equal([[['edge', 'hub'], 3]]);
      },
      ofTwo,
    ),
  );

  it(
    'rename a tag that is being added, or leave it',
    everyOrder(
      t,
      async ({ get, registered, devices }) => {
        await registered({ name: 'core-1' }, { tags: ['core'] });
        const { id } = await registered({ name: 'core-2' });
        const [add, rename] = [await get(AddDeviceTag), await get(RenameTag)];

        const ended = await race({
          tagger: ({ signal }) => add.execute({ id, tag: 'core' }, { signal }),
          renamer: ({ signal }) => rename.execute({ from: 'core', to: 'hub' }, { signal }),
        });

        ended.expect({ fulfilled: 2 });
        const [first, second] = await devices();
        expect(first?.tags).to.deep.equal(['hub']);
        expect(second?.tags.join()).to.be.oneOf(['hub', 'core']);
      },
      ofTwo,
    ),
  );

  it(
    'merge two tags that are renamed to each other into one of them',
    everyOrder(
      t,
      async ({ get, registered, devices }) => {
        await registered({}, { tags: ['core', 'hub'] });
        const rename = await get(RenameTag);

        const ended = await race({
          one: ({ signal }) => rename.execute({ from: 'core', to: 'hub' }, { signal }),
          other: ({ signal }) => rename.execute({ from: 'hub', to: 'core' }, { signal }),
        });

        ended.expect({ fulfilled: 2 });
        const [device] = await devices();
        expect(device?.version).to.equal(3);
        expect(device?.tags.join()).to.be.oneOf(['core', 'hub']);
      },
      ofTwo,
    ),
  );

  it(
    'disable a device that is being changed, and refuse at most the change',
    everyOrder(
      t,
      async ({ get, registered, devices }) => {
        const { id, version: basedOn } = await registered();
        const [change, set] = [await get(ChangeDevice), await get(SetDeviceEnabled)];

        const ended = await race({
          changer: ({ signal }) => change.execute({ id, basedOn, changes: { name: 'core-9' } }, { signal }),
          disabler: ({ signal }) => set.execute({ id, enabled: false }, { signal }),
        });

        const changed = ended.of('changer');
        expect(ended.of('disabler').ended).to.equal('fulfilled');
        expect('kind' in changed ? changed.kind : changed.ended).to.be.oneOf(['fulfilled', 'StaleDevice']);
        const name = changed.ended === 'fulfilled' ? 'core-9' : 'core-1';
        expect((await devices())[0]).to.include({ name, enabled: false });
      },
      ofTwo,
    ),
  );

  it(
    'pin a key for no version in particular, whatever else changes meanwhile',
    everyOrder(
      t,
      async ({ get, registered, devices }) => {
        const { id } = await registered();
        const [pin, set] = [await get(PinHostKey), await get(SetDeviceEnabled)];

        const ended = await race({
          verifier: ({ signal }) => pin.execute({ id, hostKey }, { signal }),
          disabler: ({ signal }) => set.execute({ id, enabled: false }, { signal }),
        });

        ended.expect({ fulfilled: 2 });
        expect((await devices())[0]).to.deep.include({ hostKey, enabled: false, version: 3 });
      },
      ofTwo,
    ),
  );
}
