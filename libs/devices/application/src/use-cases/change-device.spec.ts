import { aDevice, aHostKey } from '#devices/domain/testing';
import { Secret } from '#kernel';
import { expectErr, expectOk, ManualClock, sequentialId } from '#kernel/testing';
import { expect } from 'chai';
import { viewOf } from '../device-view.ts';
import { aPassword } from '../testing/a-password.ts';
import { InMemoryCredentialVault } from '../testing/in-memory-credential-vault.ts';
import { InMemoryDeviceTable } from '../testing/in-memory-device-table.ts';
import { InMemoryDevicesTransaction } from '../testing/in-memory-devices-transaction.ts';
import { ChangeDevice, type ChangeDeviceCommand } from './change-device.ts';

const id = sequentialId<'Device'>(1);
const context = { signal: new AbortController().signal };

describe('ChangeDevice', () => {
  const vault = new InMemoryCredentialVault();
  const clock = new ManualClock(new Date('2026-02-03T00:00:00.000Z'));
  const models = { names: () => ['eos', 'ios'] };
  const change = (table: InMemoryDeviceTable, command: Partial<ChangeDeviceCommand>) =>
    new ChangeDevice(new InMemoryDevicesTransaction(table), vault, models, clock).execute(
      { id, basedOn: 1, changes: {}, ...command },
      context,
    );

  it('changes what is given and leaves the rest', async () => {
    const device = aDevice({ hostKey: { ...aHostKey() } });
    const table = InMemoryDeviceTable.holding(device);

    const view = expectOk(await change(table, { changes: { name: 'edge-1', model: 'eos' } }));

    const changed = { name: 'edge-1', model: 'eos', version: 2, changedAt: clock.now() };
    expect(table.get(id)).to.deep.equal({ ...device.snapshot(), ...changed });
    expect(view).to.deep.equal({ ...viewOf(device.snapshot()), ...changed });
  });

  for (const [what, changes] of [
    ['nothing', {}],
    ['what it is already', { name: 'core-1', port: 22 }],
  ] as const) {
    it(`makes no version of a device that is changed to ${what}`, async () => {
      const device = aDevice({ name: 'core-1', port: 22 });
      const table = InMemoryDeviceTable.holding(device);

      const view = expectOk(await change(table, { changes }));

      expect(view).to.deep.equal(viewOf(device.snapshot()));
      expect(table.get(id)).to.deep.equal(device.snapshot());
    });
  }

  it('drops the pinned host key of a device that moves', async () => {
    const table = InMemoryDeviceTable.holding(aDevice({ hostKey: { ...aHostKey() } }));

    const view = expectOk(await change(table, { changes: { address: '192.0.2.2' } }));

    expect(view).to.include({ address: '192.0.2.2', hostKey: null });
  });

  it('seals new credentials for this device', async () => {
    const table = InMemoryDeviceTable.holding(aDevice());
    const credentials = aPassword({ password: new Secret('correct horse') });

    expectOk(await change(table, { changes: { credentials } }));

    const sealed = table.get(id)?.credentials ?? expect.fail('The device is gone.');
    expect(await vault.open(id, sealed, context.signal)).to.equal(credentials);
  });

  const refusals = [
    { command: { id: sequentialId<'Device'>(9) }, refusal: { kind: 'DeviceNotFound', deviceId: sequentialId(9) } },
    { command: { basedOn: 0 }, refusal: { kind: 'StaleDevice', deviceId: id, version: 0 } },
    { command: { changes: { port: 0 } }, refusal: { kind: 'InvalidPort', port: 0 } },
    { command: { changes: { name: 'core-2' } }, refusal: { kind: 'DeviceNameTaken', name: 'core-2' } },
  ];
  for (const { command, refusal } of refusals) {
    it(`changes nothing when it is refused with ${refusal.kind}`, async () => {
      const devices = [aDevice(), aDevice({ id: sequentialId(2), name: 'core-2' })];
      const table = InMemoryDeviceTable.holding(...devices);

      const outcome = expectErr(await change(table, command));

      expect(outcome).to.deep.equal(refusal);
      expect(table.all()).to.deep.equal(devices.map((device) => device.snapshot()));
    });
  }

  it('refuses to leave a device with a model that nobody collects from any more', async () => {
    const table = InMemoryDeviceTable.holding(aDevice({ model: 'vax' }));

    const refusal = expectErr(await change(table, { changes: { name: 'edge-1' } }));

    expect(refusal).to.deep.equal({ kind: 'UnknownModel', model: 'vax', known: ['eos', 'ios'] });
  });

  it('lets one of two changes that were made for the same version win', async () => {
    const table = InMemoryDeviceTable.holding(aDevice());

    const outcomes = await Promise.all([2022, 2023].map((port) => change(table, { changes: { port } })));

    const refusals = outcomes.filter(({ ok }) => !ok).map((outcome) => expectErr(outcome));
    expect(refusals).to.deep.equal([{ kind: 'StaleDevice', deviceId: id, version: 1 }]);
    expect(table.get(id)?.version).to.equal(2);
  });
});
