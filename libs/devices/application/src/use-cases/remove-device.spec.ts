import { aDevice } from '#devices/domain/testing';
import { expectErr, expectOk, sequentialId } from '#kernel/testing';
import { expect } from 'chai';
import { UseCaseTest } from '../testing/use-case-test.ts';
import { RemoveDevice } from './remove-device.ts';

const t = UseCaseTest.install();

describe('RemoveDevice', () => {
  it(
    'removes this device and no other',
    t.test(async ({ holding, table, transaction, context }) => {
      const other = aDevice({ id: sequentialId(2), name: 'core-2' });
      holding(aDevice(), other);

      expectOk(await new RemoveDevice(transaction).execute({ id: sequentialId(1) }, context));

      expect(table.all()).to.deep.equal([other.snapshot()]);
    }),
  );

  it(
    'refuses when there is no such device',
    t.test(async ({ holding, table, transaction, context }) => {
      holding(aDevice());

      const outcome = await new RemoveDevice(transaction).execute({ id: sequentialId(9) }, context);

      expect(expectErr(outcome)).to.deep.equal({ kind: 'DeviceNotFound', deviceId: sequentialId(9) });
      expect(table.all()).to.have.lengthOf(1);
    }),
  );
});
