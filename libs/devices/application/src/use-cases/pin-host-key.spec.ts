import { aDevice, aHostKey } from '#devices/domain/testing';
import { expectErr, expectOk, sequentialId } from '#kernel/testing';
import { expect } from 'chai';
import { UseCaseTest } from '../testing/use-case-test.ts';
import { PinHostKey, type PinHostKeyCommand } from './pin-host-key.ts';

const id = sequentialId<'Device'>(1);
const hostKey = { ...aHostKey() };

class PinHostKeyTest extends UseCaseTest {
  pin(command: Omit<PinHostKeyCommand, 'id'>) {
    return new PinHostKey(this.transaction, this.clock).execute({ id, ...command }, this.context);
  }
}

const t = PinHostKeyTest.install();

describe('PinHostKey', () => {
  it(
    'pins the key that a person has verified',
    t.test(async ({ pin, holding, table }) => {
      holding(aDevice());

      const view = expectOk(await pin({ hostKey }));

      expect(view).to.deep.include({ hostKey, version: 2 });
      expect(table.get(id)).to.deep.include({ hostKey, version: 2 });
    }),
  );

  it(
    'replaces the key that was pinned before',
    t.test(async ({ pin, holding, table }) => {
      const before = { ...hostKey, fingerprint: 'SHA256:LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ' };
      holding(aDevice({ hostKey: before }));

      expectOk(await pin({ hostKey }));

      expect(table.get(id)?.hostKey).to.deep.equal(hostKey);
    }),
  );

  it(
    'refuses what is no host key',
    t.test(async ({ pin, holding, table }) => {
      holding(aDevice());

      const refusal = expectErr(await pin({ hostKey: { ...hostKey, fingerprint: '' } }));

      expect(refusal).to.deep.equal({ kind: 'InvalidHostKey', algorithm: 'ssh-ed25519', fingerprint: '' });
      expect(table.get(id)?.hostKey).to.equal(null);
    }),
  );

  it(
    'refuses a key that was verified for an earlier version, and pins one verified for the latest',
    t.test(async ({ pin, holding, table }) => {
      holding(aDevice({ version: 7 }));

      const refusal = expectErr(await pin({ hostKey, basedOn: 6 }));
      const untouched = table.get(id);
      const view = expectOk(await pin({ hostKey, basedOn: 7 }));

      expect(refusal).to.deep.equal({ kind: 'StaleDevice', deviceId: id, version: 6 });
      expect(untouched).to.deep.equal(aDevice({ version: 7 }).snapshot());
      expect(view).to.deep.include({ hostKey, version: 8 });
    }),
  );

  it(
    'makes no version of a key that is pinned already',
    t.test(async ({ pin, holding, table }) => {
      holding(aDevice({ hostKey }));

      const view = expectOk(await pin({ hostKey }));

      expect(view.version).to.equal(1);
      expect(table.get(id)).to.deep.equal(aDevice({ hostKey }).snapshot());
    }),
  );

  it(
    'refuses when there is no such device',
    t.test(async ({ pin }) => {
      const refusal = expectErr(await pin({ hostKey }));

      expect(refusal).to.deep.equal({ kind: 'DeviceNotFound', deviceId: id });
    }),
  );
});
