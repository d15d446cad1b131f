import { aDevice } from '#devices/domain/testing';
import { expectErr, expectOk, sequentialId } from '#kernel/testing';
import { expect } from 'chai';
import { UseCaseTest } from '../testing/use-case-test.ts';
import { FindDevice } from './find-device.ts';

const t = UseCaseTest.install();

describe('FindDevice', () => {
  it(
    'shows a device without its credentials',
    t.test(async ({ holding, reader, context }) => {
      holding(aDevice());

      const view = expectOk(await new FindDevice(reader).execute({ id: sequentialId(1) }, context));

      expect(view)
        .to.include({ id: sequentialId(1), name: 'core-1' })
        .and.not.have.property('credentials');
    }),
  );

  it(
    'refuses when there is no such device',
    t.test(async ({ holding, reader, context }) => {
      holding(aDevice());

      const refusal = expectErr(await new FindDevice(reader).execute({ id: sequentialId(9) }, context));

      expect(refusal).to.deep.equal({ kind: 'DeviceNotFound', deviceId: sequentialId(9) });
    }),
  );
});
