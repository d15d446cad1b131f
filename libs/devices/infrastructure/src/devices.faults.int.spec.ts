import { RegisterDevice } from '#devices/application';
import { expect } from 'chai';
import { deviceFaults } from './testing/device-faults.ts';
import { importFaults } from './testing/device-imports.ts';
import { PostgresDevicesTest } from './testing/postgres-devices-test.ts';
import { deviceCalled } from './testing/wired-devices-test.ts';

const t = PostgresDevicesTest.install();

describe('Devices in PostgreSQL, whatever fails,', () => {
  deviceFaults(t);
  importFaults(t);

  for (const [effect, again] of [
    ['failsBeforeEffect', 'fulfilled'],
    ['failsAfterEffect', 'DeviceNameTaken'],
  ] as const) {
    it(
      `are registered once when the connection breaks at COMMIT, which ${effect}`,
      t.test(async ({ database, get, devices, signal }) => {
        const register = await get(RegisterDevice);
        database.onNextCommit()[effect]();

        const failure = await register.execute(deviceCalled('core-1'), { signal }).catch((error: unknown) => error);
        const second = await register.execute(deviceCalled('core-1'), { signal });

        expect(failure).to.be.an('error');
        expect(second.ok ? 'fulfilled' : second.error.kind).to.equal(again);
        expect((await devices()).map(({ name }) => name)).to.deep.equal(['core-1']);
      }),
    );
  }
});
