import {
  ChangeDevice,
  PinHostKey,
  RegisterDevice,
  RemoveDevice,
  RenameTag,
  SetDeviceEnabled,
} from '#devices/application';
import { aPassword } from '#devices/application/testing';
import { aHostKey } from '#devices/domain/testing';
import { Secret } from '#kernel';
import { sequentialId } from '#kernel/testing';
import { everyFault, type FaultTrial } from '#testing/failure';
import type { InstalledTest } from '#testing/lifecycle';
import { expect } from 'chai';
import { deviceCalled, type WiredDevicesTest } from './wired-devices-test.ts';

const id = sequentialId<'Device'>(1);
const hostKey = { ...aHostKey() };

/** What holds wherever a use case of devices fails, is stopped or dies, when its caller asks once more. */
export function deviceFaults(t: InstalledTest<WiredDevicesTest>): void {
  it(
    'registers a device once, with the credentials that were given',
    everyFault(t, {
      workflow: async ({ get }, { signal }) => (await get(RegisterDevice)).execute(deviceCalled('core-1'), { signal }),
      holds: async ({ devices, passwordOf }, trial) => {
        expectDoneOnce(trial);
        const [device, ...others] = await devices();
        expect(device).to.include({ name: 'core-1', version: 1 });
        expect(others).to.deep.equal([]);
        expect(await passwordOf(device!.id)).to.equal('hunter2');
      },
    }),
  );

  it(
    'changes a device once, in all that was asked for',
    everyFault(t, {
      given: ({ registered }) => registered(),
      workflow: async ({ get }, { signal }) => {
        const changes = { name: 'core-9', credentials: aPassword({ password: new Secret('changed') }) };
        return (await get(ChangeDevice)).execute({ id, basedOn: 1, changes }, { signal });
      },
      holds: async ({ devices, passwordOf }, trial) => {
        expectDoneOnce(trial);
        const [device, ...others] = await devices();
        expect(device).to.include({ id, name: 'core-9', version: 2 });
        expect(others).to.deep.equal([]);
        expect(await passwordOf(id)).to.equal('changed');
      },
    }),
  );

  it(
    'pins the key that was verified once',
    everyFault(t, {
      given: ({ registered }) => registered(),
      workflow: async ({ get }, { signal }) => (await get(PinHostKey)).execute({ id, basedOn: 1, hostKey }, { signal }),
      holds: async ({ devices }, trial) => {
        expectDoneOnce(trial);
        const pinned = (await devices()).map(({ id, version, hostKey }) => ({ id, version, hostKey }));
        expect(pinned).to.deep.equal([{ id, version: 2, hostKey }]);
      },
    }),
  );

  it(
    'removes a device, and leaves the others',
    everyFault(t, {
      given: async ({ registered }) => {
        await registered();
        await registered({ name: 'core-2' });
      },
      workflow: async ({ get }, { signal }) => (await get(RemoveDevice)).execute({ id }, { signal }),
      holds: async ({ devices }, trial) => {
        expectDoneOnce(trial);
        expect((await devices()).map(({ name }) => name)).to.deep.equal(['core-2']);
      },
    }),
  );

  it(
    'renames a tag of all devices or of none',
    everyFault(t, {
      given: async ({ registered }) => {
        await registered({}, { tags: ['core'] });
        await registered({ name: 'core-2' }, { tags: ['core', 'hub'] });
      },
      workflow: async ({ get }, { signal }) => (await get(RenameTag)).execute({ from: 'core', to: 'hub' }, { signal }),
      holds: async ({ devices }, trial) => {
        expectDoneOnce(trial);
        expect((await devices()).map(({ tags, version }) => [tags, version])).to.deep.equal([
          [['hub'], 2],
          [['hub'], 2],
        ]);
      },
    }),
  );

  it(
    'disables a device, and twice is as good as once',
    everyFault(t, {
      given: ({ registered }) => registered(),
      workflow: async ({ get }, { signal }) =>
        (await get(SetDeviceEnabled)).execute({ id, enabled: false }, { signal }),
      holds: async ({ devices }, { outcome, recovered }) => {
        expect((recovered ?? outcome).ended).to.equal('returned');
        expect((await devices())[0]).to.include({ enabled: false, version: 2 });
      },
    }),
  );
}

/**
 * It was done by the first request or by the second. Only a caller whose answer was lost behind COMMIT is refused the second
 * time, and finds out by reading; after any other fault the first request has left nothing.
 */
function expectDoneOnce({ faulted, outcome, recovered }: FaultTrial): void {
  const isLost = faulted?.what === 'DevicesTransaction.run' && faulted.fault.endsWith('-after');
  expect((recovered ?? outcome).ended).to.equal(isLost ? 'refused' : 'returned');
}
