import { ChangeDevice, PinHostKey, RegisterDevice, RemoveDevice } from '#devices/application';
import type { DeviceView } from '#devices/application';
import { aHostKey } from '#devices/domain/testing';
import { race, type Racer } from '#testing/concurrency';
import type { InstalledTest } from '#testing/lifecycle';
import { everyOrder, type EveryOrderOptions } from '#testing/order';
import { expect } from 'chai';
import { deviceCalled, type WiredDevicesTest } from './wired-devices-test.ts';

const hostKey = { ...aHostKey() };
const otherKey = { ...hostKey, fingerprint: 'SHA256:LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ' };
const moved = { address: '192.0.2.99' };

/** What holds in every order of what several callers do to devices, whatever the adapters. */
export function deviceOrders(t: InstalledTest<WiredDevicesTest>, ofThree: EveryOrderOptions): void {
  const ofTwo: EveryOrderOptions = { complete: true };

  for (const [callers, options] of [
    [2, ofTwo],
    [3, ofThree],
  ] as const) {
    it(
      `give a name that ${callers} ask for to one of them`,
      everyOrder(
        t,
        async ({ get, devices }) => {
          const register = await get(RegisterDevice);

          const asked = await race(callers, ({ signal }) => register.execute(deviceCalled('core-1'), { signal }));

          asked.expect({ fulfilled: 1, 'refused DeviceNameTaken': callers - 1 });
          expect(await devices()).to.deep.equal(asked.values);
        },
        options,
      ),
    );
  }

  it(
    'take one of two changes of the same version, and lose nothing of it',
    everyOrder(
      t,
      async ({ get, registered, devices }) => {
        const { id, version: basedOn } = await registered();
        const change = await get(ChangeDevice);

        const changed = await race({
          mover: ({ signal }) => change.execute({ id, basedOn, changes: moved }, { signal }),
          renamer: ({ signal }) => change.execute({ id, basedOn, changes: { name: 'core-9' } }, { signal }),
        });

        changed.expect({ fulfilled: 1, 'refused StaleDevice': 1 });
        expect(await devices()).to.deep.equal(changed.values);
      },
      ofTwo,
    ),
  );

  it(
    'remove a device that is being changed',
    everyOrder(
      t,
      async ({ get, registered, devices }) => {
        const { id, version: basedOn } = await registered();
        const [change, remove] = [await get(ChangeDevice), await get(RemoveDevice)];

        const ended = await race({
          changer: ({ signal }) => change.execute({ id, basedOn, changes: { name: 'core-9' } }, { signal }),
          remover: ({ signal }) => remove.execute({ id }, { signal }),
        });

        const changed = ended.of('changer');
        expect(ended.of('remover').ended).to.equal('fulfilled');
        expect('kind' in changed ? changed.kind : changed.ended).to.be.oneOf([
          'fulfilled',
          'DeviceNotFound',
          'StaleDevice',
        ]);
        expect(await devices()).to.deep.equal([]);
      },
      ofTwo,
    ),
  );

  it(
    'remove a device once for two who ask',
    everyOrder(
      t,
      async ({ get, registered, devices }) => {
        const { id } = await registered();
        const remove = await get(RemoveDevice);

        const removed = await race(2, ({ signal }) => remove.execute({ id }, { signal }));

        removed.expect({ fulfilled: 1, 'refused DeviceNotFound': 1 });
        expect(await devices()).to.deep.equal([]);
      },
      ofTwo,
    ),
  );

  it(
    'give the name of a device that goes to whoever comes after it',
    everyOrder(
      t,
      async ({ get, registered, devices }) => {
        const { id } = await registered();
        const [register, remove] = [await get(RegisterDevice), await get(RemoveDevice)];

        const ended = await race({
          remover: ({ signal }) => remove.execute({ id }, { signal }),
          heir: ({ signal }) => register.execute(deviceCalled('core-1'), { signal }),
        });

        const heir = ended.of('heir');
        expect(ended.of('remover').ended).to.equal('fulfilled');
        expect('kind' in heir ? heir.kind : heir.ended).to.be.oneOf(['fulfilled', 'DeviceNameTaken']);
        expect(await devices()).to.deep.equal(ended.values.filter((value) => value !== undefined));
      },
      ofTwo,
    ),
  );

  it(
    'refuse both of two devices that want the names of each other',
    everyOrder(
      t,
      async ({ get, registered, devices }) => {
        const [one, other] = [await registered({ name: 'core-1' }), await registered({ name: 'core-2' })];
        const change = await get(ChangeDevice);
        const rename =
          ({ id, version: basedOn }: DeviceView, name: string) =>
          ({ signal }: Racer) =>
            change.execute({ id, basedOn, changes: { name } }, { signal });

        const renamed = await race({ one: rename(one, other.name), other: rename(other, one.name) });

        renamed.expect({ 'refused DeviceNameTaken': 2 });
        expect(await devices()).to.deep.equal([one, other]);
      },
      ofTwo,
    ),
  );

  it(
    'pin one of two keys that were verified for the same version',
    everyOrder(
      t,
      async ({ get, registered, devices }) => {
        const { id, version: basedOn } = await registered();
        const pin = await get(PinHostKey);

        const pinned = await race({
          one: ({ signal }) => pin.execute({ id, basedOn, hostKey }, { signal }),
          other: ({ signal }) => pin.execute({ id, basedOn, hostKey: otherKey }, { signal }),
        });

        pinned.expect({ fulfilled: 1, 'refused StaleDevice': 1 });
        expect(await devices()).to.deep.equal(pinned.values);
      },
      ofTwo,
    ),
  );

  it(
    'never pin a key that was verified at one address to a device at another',
    everyOrder(
      t,
      async ({ get, registered, devices }) => {
        const { id, version: basedOn } = await registered();
        const [change, pin] = [await get(ChangeDevice), await get(PinHostKey)];

        const ended = await race({
          mover: ({ signal }) => change.execute({ id, basedOn, changes: moved }, { signal }),
          verifier: ({ signal }) => pin.execute({ id, basedOn, hostKey }, { signal }),
        });

        ended.expect({ fulfilled: 1, 'refused StaleDevice': 1 });
        const [device] = await devices();
        expect(device?.address === moved.address && device.hostKey !== null).to.equal(false);
      },
      ofTwo,
    ),
  );

  it(
    'take a change, a pin and a removal of one device, and leave none',
    everyOrder(
      t,
      async ({ get, registered, devices }) => {
        const { id, version: basedOn } = await registered();
        const [change, pin, remove] = [await get(ChangeDevice), await get(PinHostKey), await get(RemoveDevice)];

        const ended = await race({
          mover: ({ signal }) => change.execute({ id, basedOn, changes: moved }, { signal }),
          verifier: ({ signal }) => pin.execute({ id, basedOn, hostKey }, { signal }),
          remover: ({ signal }) => remove.execute({ id }, { signal }),
        });

        expect(ended.outcomes.map(({ ended }) => ended)).to.not.include('threw');
        expect(ended.of('remover').ended).to.equal('fulfilled');
        expect(ended.values.filter((value) => value !== undefined)).to.have.lengthOf.at.most(1);
        expect(await devices()).to.deep.equal([]);
      },
      ofThree,
    ),
  );
}
