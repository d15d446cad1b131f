import { aDevice, aHostKey } from '#devices/domain/testing';
import { expectErr, expectOk, ManualClock, sequentialId } from '#kernel/testing';
import { expect } from 'chai';
import { InMemoryDeviceTable } from '../testing/in-memory-device-table.ts';
import { InMemoryDevicesTransaction } from '../testing/in-memory-devices-transaction.ts';
import { PinHostKey } from './pin-host-key.ts';

const id = sequentialId<'Device'>(1);
const hostKey = { ...aHostKey() };
const context = { signal: new AbortController().signal };

describe('PinHostKey', () => {
  const pinning = (table: InMemoryDeviceTable) =>
    new PinHostKey(new InMemoryDevicesTransaction(table), new ManualClock());

  it('pins the key that a person has verified', async () => {
    const table = InMemoryDeviceTable.holding(aDevice());

    const view = expectOk(await pinning(table).execute({ id, hostKey }, context));

    expect(view).to.deep.include({ hostKey, version: 2 });
    expect(table.get(id)).to.deep.include({ hostKey, version: 2 });
  });

  it('replaces the key that was pinned before', async () => {
    const before = { ...hostKey, fingerprint: 'SHA256:LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ' };
    const table = InMemoryDeviceTable.holding(aDevice({ hostKey: before }));

    expectOk(await pinning(table).execute({ id, hostKey }, context));

    expect(table.get(id)?.hostKey).to.deep.equal(hostKey);
  });

  it('refuses what is no host key', async () => {
    const table = InMemoryDeviceTable.holding(aDevice());

    const refusal = expectErr(await pinning(table).execute({ id, hostKey: { ...hostKey, fingerprint: '' } }, context));

    expect(refusal).to.deep.equal({ kind: 'InvalidHostKey', algorithm: 'ssh-ed25519', fingerprint: '' });
    expect(table.get(id)?.hostKey).to.equal(null);
  });

  it('refuses a key that was verified for an earlier version, and pins one verified for the latest', async () => {
    const table = InMemoryDeviceTable.holding(aDevice({ version: 7 }));

    const refusal = expectErr(await pinning(table).execute({ id, hostKey, basedOn: 6 }, context));
    const untouched = table.get(id);
    const view = expectOk(await pinning(table).execute({ id, hostKey, basedOn: 7 }, context));

    expect(refusal).to.deep.equal({ kind: 'StaleDevice', deviceId: id, version: 6 });
    expect(untouched).to.deep.equal(aDevice({ version: 7 }).snapshot());
    expect(view).to.deep.include({ hostKey, version: 8 });
  });

  it('refuses when there is no such device', async () => {
    const refusal = expectErr(await pinning(new InMemoryDeviceTable()).execute({ id, hostKey }, context));

    expect(refusal).to.deep.equal({ kind: 'DeviceNotFound', deviceId: id });
  });
});
