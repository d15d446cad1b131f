import { aDevice, aHostKey } from '#devices/domain/testing';
import { expectErr, expectOk, sequentialId } from '#kernel/testing';
import { cases } from '#testing/lifecycle';
import { expect } from 'chai';
import { InMemoryHostKeyScanner } from '../testing/in-memory-host-key-scanner.ts';
import { UseCaseTest } from '../testing/use-case-test.ts';
import { ScanHostKey } from './scan-host-key.ts';

const id = sequentialId<'Device'>(1);
const shown = { ...aHostKey() };
const another = { ...shown, fingerprint: 'SHA256:LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ' };

class ScanHostKeyTest extends UseCaseTest {
  readonly scanner = new InMemoryHostKeyScanner();

  scan() {
    return new ScanHostKey(this.reader, this.scanner).execute({ id }, this.context);
  }
}

const t = ScanHostKeyTest.install();

describe('ScanHostKey', () => {
  const pins = [
    { what: 'no key was pinned', hostKey: null, pinned: false },
    { what: 'another key was pinned', hostKey: another, pinned: false },
    { what: 'this key was pinned', hostKey: shown, pinned: true },
  ];
  for (const [title, { hostKey, pinned }] of cases('shows the key of the device and that {what}', pins)) {
    it(
      title,
      t.test(async ({ scan, scanner, holding, table }) => {
        holding(aDevice({ address: '192.0.2.7', port: 2022, hostKey }));
        scanner.answer({ address: '192.0.2.7', port: 2022 }, aHostKey());

        const scanned = expectOk(await scan());

        expect(scanned).to.deep.equal({ ...shown, pinned });
        expect(table.get(id)?.hostKey).to.deep.equal(hostKey);
      }),
    );
  }

  it(
    'passes on why there is no key',
    t.test(async ({ scan, holding }) => {
      holding(aDevice());

      const refusal = expectErr(await scan());

      expect(refusal).to.deep.equal({ kind: 'ScanFailed', address: '192.0.2.1', port: 22, reason: 'nobody listens' });
    }),
  );

  it(
    'refuses when there is no such device',
    t.test(async ({ scan }) => {
      expect(expectErr(await scan())).to.deep.equal({
        kind: 'DeviceNotFound',
        deviceId: id,
      });
    }),
  );
});
