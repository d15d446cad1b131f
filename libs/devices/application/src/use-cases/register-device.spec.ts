import { aDevice } from '#devices/domain/testing';
import { Secret } from '#kernel';
import { expectErr, expectOk, ManualClock, SequentialIds, sequentialId } from '#kernel/testing';
import { expect } from 'chai';
import { aPassword } from '../testing/a-password.ts';
import { InMemoryCredentialVault } from '../testing/in-memory-credential-vault.ts';
import { InMemoryDeviceTable } from '../testing/in-memory-device-table.ts';
import { InMemoryDevicesTransaction } from '../testing/in-memory-devices-transaction.ts';
import { RegisterDevice } from './register-device.ts';

const command = { name: 'Edge-1', address: '192.0.2.7', port: 2022, model: 'eos', credentials: aPassword() };
const context = { signal: new AbortController().signal };

describe('RegisterDevice', () => {
  const vault = new InMemoryCredentialVault();
  const clock = new ManualClock();
  const models = { names: () => ['eos', 'ios'] };
  const registering = (table: InMemoryDeviceTable, ids = new SequentialIds()) =>
    new RegisterDevice(new InMemoryDevicesTransaction(table), vault, models, clock, ids);

  it('stores a device whose host key has yet to be pinned', async () => {
    const table = new InMemoryDeviceTable();

    const view = expectOk(await registering(table).execute(command, context));

    const { credentials: _, ...stored } = table.get(sequentialId(1)) ?? expect.fail('Nothing was stored.');
    expect(view).to.deep.equal(stored);
    expect(view).to.deep.equal({
      id: sequentialId(1),
      name: 'edge-1',
      address: '192.0.2.7',
      port: 2022,
      model: 'eos',
      hostKey: null,
      version: 1,
      createdAt: clock.now(),
      changedAt: clock.now(),
    });
  });

  it('seals the credentials for this device', async () => {
    const table = new InMemoryDeviceTable();
    const credentials = aPassword({ password: new Secret('correct horse') });

    const { id } = expectOk(await registering(table).execute({ ...command, credentials }, context));

    const sealed = table.get(id)?.credentials ?? expect.fail('Nothing was stored.');
    expect(await vault.open(id, sealed, context.signal)).to.equal(credentials);
  });

  const refusals = [
    { mistake: { name: 'edge 1' }, kind: 'InvalidDeviceName' },
    { mistake: { address: 'root@edge-1' }, kind: 'InvalidDeviceAddress' },
    { mistake: { port: 70_000 }, kind: 'InvalidPort' },
    { mistake: { model: 'vax' }, kind: 'UnknownModel' },
  ];
  for (const { mistake, kind } of refusals) {
    it(`stores nothing of a device with ${JSON.stringify(mistake)}`, async () => {
      const table = new InMemoryDeviceTable();

      const refusal = expectErr(await registering(table).execute({ ...command, ...mistake }, context));

      expect(refusal.kind).to.equal(kind);
      expect(table.all()).to.deep.equal([]);
    });
  }

  it('refuses a name that is taken, in whatever case it is written', async () => {
    const table = InMemoryDeviceTable.holding(aDevice({ id: sequentialId(9), name: 'edge-1' }));

    const refusal = expectErr(await registering(table).execute({ ...command, name: 'EDGE-1' }, context));

    expect(refusal).to.deep.equal({ kind: 'DeviceNameTaken', name: 'edge-1' });
    expect(table.all()).to.have.lengthOf(1);
  });

  it('lets one of eight have a name that all of them register at once', async () => {
    const table = new InMemoryDeviceTable();
    const register = registering(table);

    const outcomes = await Promise.all(Array.from({ length: 8 }, () => register.execute(command, context)));

    const refusals = outcomes.filter(({ ok }) => !ok).map((outcome) => expectErr(outcome));
    expect(refusals).to.deep.equal(Array.from({ length: 7 }, () => ({ kind: 'DeviceNameTaken', name: 'edge-1' })));
    expect(table.all()).to.have.lengthOf(1);
  });
});
