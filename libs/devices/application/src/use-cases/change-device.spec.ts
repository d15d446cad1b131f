import { aDevice, aHostKey } from '#devices/domain/testing';
import { Secret } from '#kernel';
import { expectErr, expectOk, sequentialId } from '#kernel/testing';
import { race } from '#testing/concurrency';
import { cases } from '#testing/lifecycle';
import { expect } from 'chai';
import { viewOf } from '../device-view.ts';
import { aPassword } from '../testing/a-password.ts';
import { UseCaseTest } from '../testing/use-case-test.ts';
import { ChangeDevice, type ChangeDeviceCommand } from './change-device.ts';

const id = sequentialId<'Device'>(1);

class ChangeDeviceTest extends UseCaseTest {
  /** It is the day after the devices were registered. */
  protected override setUp(): Promise<void> {
    return this.clock.advance(86_400_000);
  }

  change(command: Partial<ChangeDeviceCommand>) {
    const { transaction, vault, models, clock } = this;
    const change = new ChangeDevice(transaction, vault, models, clock);
    return change.execute({ id, basedOn: 1, changes: {}, ...command }, this.context);
  }
}

const t = ChangeDeviceTest.install();

describe('ChangeDevice', () => {
  it(
    'changes what is given and leaves the rest',
    t.test(async ({ change, holding, table, clock }) => {
      const device = aDevice({ hostKey: { ...aHostKey() } });
      holding(device);

      const view = expectOk(await change({ changes: { name: 'edge-1', model: 'eos' } }));

      const changed = { name: 'edge-1', model: 'eos', version: 2, changedAt: clock.now() };
      expect(table.get(id)).to.deep.equal({ ...device.snapshot(), ...changed });
      expect(view).to.deep.equal({ ...viewOf(device.snapshot()), ...changed });
    }),
  );

  const idle = { nothing: {}, 'what it is already': { name: 'core-1', port: 22 } };
  for (const [title, changes] of cases('makes no version of a device that is changed to {case}', idle)) {
    it(
      title,
      t.test(async ({ change, holding, table }) => {
        const device = aDevice({ name: 'core-1', port: 22 });
        holding(device);

        const view = expectOk(await change({ changes }));

        expect(view).to.deep.equal(viewOf(device.snapshot()));
        expect(table.get(id)).to.deep.equal(device.snapshot());
      }),
    );
  }

  it(
    'drops the pinned host key of a device that moves',
    t.test(async ({ change, holding }) => {
      holding(aDevice({ hostKey: { ...aHostKey() } }));

      const view = expectOk(await change({ changes: { address: '192.0.2.2' } }));

      expect(view).to.include({ address: '192.0.2.2', hostKey: null });
    }),
  );

  it(
    'seals new credentials for this device',
    t.test(async ({ change, holding, table, vault, context }) => {
      holding(aDevice());
      const credentials = aPassword({ password: new Secret('correct horse') });

      expectOk(await change({ changes: { credentials } }));

      const sealed = table.get(id)?.credentials ?? expect.fail('The device is gone.');
      expect(await vault.open(id, sealed, context.signal)).to.equal(credentials);
    }),
  );

  const refusals = [
    { command: { id: sequentialId<'Device'>(9) }, refusal: { kind: 'DeviceNotFound', deviceId: sequentialId(9) } },
    { command: { basedOn: 0 }, refusal: { kind: 'StaleDevice', deviceId: id, version: 0 } },
    { command: { changes: { port: 0 } }, refusal: { kind: 'InvalidPort', port: 0 } },
    { command: { changes: { name: 'core-2' } }, refusal: { kind: 'DeviceNameTaken', name: 'core-2' } },
  ];
  for (const { command, refusal } of refusals) {
    it(
      `changes nothing when it is refused with ${refusal.kind}`,
      t.test(async ({ change, holding, table }) => {
        const devices = [aDevice(), aDevice({ id: sequentialId(2), name: 'core-2' })];
        holding(...devices);

        const outcome = expectErr(await change(command));

        expect(outcome).to.deep.equal(refusal);
        expect(table.all()).to.deep.equal(devices.map((device) => device.snapshot()));
      }),
    );
  }

  it(
    'refuses to leave a device with a model that nobody collects from any more',
    t.test(async ({ change, holding }) => {
      holding(aDevice({ model: 'vax' }));

      const refusal = expectErr(await change({ changes: { name: 'edge-1' } }));

      expect(refusal).to.deep.equal({ kind: 'UnknownModel', model: 'vax', known: ['eos', 'ios'] });
    }),
  );

  it(
    'lets one of two changes that were made for the same version win',
    t.test(async ({ change, holding, table }) => {
      holding(aDevice());

      const outcomes = await race(2, ({ index }) => change({ changes: { port: 2_022 + index } }));

      outcomes.expect({ fulfilled: 1, 'refused StaleDevice': 1 });
      expect(outcomes.refusals).to.deep.equal([{ kind: 'StaleDevice', deviceId: id, version: 1 }]);
      expect(table.get(id)).to.include({ version: 2, port: outcomes.winner().value.port });
    }),
  );
});
