import { aDevice } from '#devices/domain/testing';
import { expectErr, expectOk, sequentialId } from '#kernel/testing';
import { expect } from 'chai';
import { UseCaseTest } from '../testing/use-case-test.ts';
import { SetDeviceEnabled } from './set-device-enabled.ts';

const id = sequentialId<'Device'>(1);

class SetDeviceEnabledTest extends UseCaseTest {
  set(enabled: boolean) {
    return new SetDeviceEnabled(this.transaction, this.clock).execute({ id, enabled }, this.context);
  }
}

const t = SetDeviceEnabledTest.install();

describe('SetDeviceEnabled', () => {
  it(
    'takes a device out of service and back, and twice is as good as once',
    t.test(async ({ set, holding, table }) => {
      holding(aDevice());

      const disabled = expectOk(await set(false));
      const again = expectOk(await set(false));
      const enabled = expectOk(await set(true));

      expect(disabled).to.include({ enabled: false, version: 2 });
      expect(again).to.deep.equal(disabled);
      expect(enabled).to.include({ enabled: true, version: 3 });
      expect(table.get(id)).to.include({ enabled: true, version: 3 });
    }),
  );

  it(
    'refuses when there is no such device',
    t.test(async ({ set }) => {
      expect(expectErr(await set(false))).to.deep.equal({ kind: 'DeviceNotFound', deviceId: id });
    }),
  );
});
