import { aDevice, aHostKey } from '#devices/domain/testing';
import { expectErr, expectOk, sequentialId } from '#kernel/testing';
import { expect } from 'chai';
import { InMemoryDeviceReader } from '../testing/in-memory-device-reader.ts';
import { InMemoryDeviceTable } from '../testing/in-memory-device-table.ts';
import { InMemoryHostKeyScanner } from '../testing/in-memory-host-key-scanner.ts';
import { ScanHostKey } from './scan-host-key.ts';

const id = sequentialId<'Device'>(1);
const shown = { ...aHostKey() };
const another = { ...shown, fingerprint: 'SHA256:LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ' };
const context = { signal: new AbortController().signal };

describe('ScanHostKey', () => {
  const scanning = (table: InMemoryDeviceTable, scanner = new InMemoryHostKeyScanner()) =>
    new ScanHostKey(new InMemoryDeviceReader(table), scanner).execute({ id }, context);

  const pins = [
    { what: 'no key was pinned', hostKey: null, pinned: false },
    { what: 'another key was pinned', hostKey: another, pinned: false },
    { what: 'this key was pinned', hostKey: shown, pinned: true },
  ];
  for (const { what, hostKey, pinned } of pins) {
    it(`shows the key of the device and that ${what}`, async () => {
      const table = InMemoryDeviceTable.holding(aDevice({ address: '192.0.2.7', port: 2022, hostKey }));
      const scanner = new InMemoryHostKeyScanner();
      scanner.answer({ address: '192.0.2.7', port: 2022 }, aHostKey());

      const scanned = expectOk(await scanning(table, scanner));

      expect(scanned).to.deep.equal({ ...shown, pinned });
      expect(table.get(id)?.hostKey).to.deep.equal(hostKey);
    });
  }

  it('passes on why there is no key', async () => {
    const refusal = expectErr(await scanning(InMemoryDeviceTable.holding(aDevice())));

    expect(refusal).to.deep.equal({ kind: 'ScanFailed', address: '192.0.2.1', port: 22, reason: 'nobody listens' });
  });

  it('refuses when there is no such device', async () => {
    expect(expectErr(await scanning(new InMemoryDeviceTable()))).to.deep.equal({
      kind: 'DeviceNotFound',
      deviceId: id,
    });
  });
});
