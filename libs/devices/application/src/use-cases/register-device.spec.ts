import { aDevice } from '#devices/domain/testing';
import { Secret } from '#kernel';
import { expectErr, expectOk, SequentialIds, sequentialId } from '#kernel/testing';
import { race } from '#testing/concurrency';
import { expect } from 'chai';
import { aPassword } from '../testing/a-password.ts';
import { UseCaseTest } from '../testing/use-case-test.ts';
import { RegisterDevice, type RegisterDeviceCommand } from './register-device.ts';

const command = { name: 'Edge-1', address: '192.0.2.7', port: 2022, model: 'eos', credentials: aPassword() };

class RegisterDeviceTest extends UseCaseTest {
  readonly #ids = new SequentialIds();

  register(facts: Partial<RegisterDeviceCommand> = {}) {
    const { transaction, vault, models, clock } = this;
    const register = new RegisterDevice(transaction, vault, models, clock, this.#ids);
    return register.execute({ ...command, ...facts }, this.context);
  }
}

const t = RegisterDeviceTest.install();

describe('RegisterDevice', () => {
  it(
    'stores a device whose host key has yet to be pinned',
    t.test(async ({ register, table, clock }) => {
      const view = expectOk(await register());

      const { credentials: _, ...stored } = table.get(sequentialId(1)) ?? expect.fail('Nothing was stored.');
      expect(view).to.deep.equal(stored);
      expect(view).to.deep.equal({
        id: sequentialId(1),
        name: 'edge-1',
        address: '192.0.2.7',
        port: 2022,
        model: 'eos',
        hostKey: null,
        enabled: true,
        tags: [],
        version: 1,
        createdAt: clock.now(),
        changedAt: clock.now(),
      });
    }),
  );

  it(
    'seals the credentials for this device',
    t.test(async ({ register, table, vault, context }) => {
      const credentials = aPassword({ password: new Secret('correct horse') });

      const { id } = expectOk(await register({ credentials }));

      const sealed = table.get(id)?.credentials ?? expect.fail('Nothing was stored.');
      expect(await vault.open(id, sealed, context.signal)).to.equal(credentials);
    }),
  );

  const refusals = [
    { mistake: { name: 'edge 1' }, kind: 'InvalidDeviceName' },
    { mistake: { address: 'root@edge-1' }, kind: 'InvalidDeviceAddress' },
    { mistake: { port: 70_000 }, kind: 'InvalidPort' },
    { mistake: { model: 'vax' }, kind: 'UnknownModel' },
  ];
  for (const { mistake, kind } of refusals) {
    it(
      `stores nothing of a device with ${JSON.stringify(mistake)}`,
      t.test(async ({ register, table }) => {
        const refusal = expectErr(await register(mistake));

        expect(refusal.kind).to.equal(kind);
        expect(table.all()).to.deep.equal([]);
      }),
    );
  }

  it(
    'refuses a name that is taken, in whatever case it is written',
    t.test(async ({ register, holding, table }) => {
      holding(aDevice({ id: sequentialId(9), name: 'edge-1' }));

      const refusal = expectErr(await register({ name: 'EDGE-1' }));

      expect(refusal).to.deep.equal({ kind: 'DeviceNameTaken', name: 'edge-1' });
      expect(table.all()).to.have.lengthOf(1);
    }),
  );

  it(
    'lets one of eight have a name that all of them register at once',
    t.test(async ({ register, table }) => {
      const outcomes = await race(8, () => register());

      outcomes.expect({ fulfilled: 1, 'refused DeviceNameTaken': 7 });
      const refusal = { kind: 'DeviceNameTaken', name: 'edge-1' };
      expect(outcomes.refusals).to.deep.equal(Array.from({ length: 7 }, () => refusal));
      expect(table.all()).to.have.lengthOf(1);
    }),
  );
});
