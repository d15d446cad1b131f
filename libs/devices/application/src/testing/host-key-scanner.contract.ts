import type { HostKeyText } from '#devices/domain';
import { contract, expectErr, expectOk } from '#kernel/testing';
import { expect } from 'chai';
import { HostKeyScanner, type HostKeyScanTarget } from '../ports/host-key-scanner.ts';

/** A scanner in a network with a device that shows a key, a service that is not SSH, and an address where nobody listens. */
export type HostKeyScannerUnderTest = {
  readonly scanner: HostKeyScanner;
  readonly device: HostKeyScanTarget & { readonly hostKey: HostKeyText };
  readonly notSsh: HostKeyScanTarget;
  readonly nobody: HostKeyScanTarget;
  /** The test's. */
  readonly signal: AbortSignal;
};

/** What every {@link HostKeyScanner} promises. */
export const hostKeyScannerContract = contract(
  HostKeyScanner,
  (open: () => HostKeyScannerUnderTest | Promise<HostKeyScannerUnderTest>) => {
    it('brings back the key that the device shows', async () => {
      const { scanner, device, signal } = await open();

      const scanned = expectOk(await scanner.scan(device, signal));

      expect(scanned).to.include(device.hostKey);
    });

    for (const place of ['nobody', 'notSsh'] as const) {
      it(`says why there is no key: ${place}`, async () => {
        const { scanner, [place]: target, signal } = await open();

        const { reason, ...refusal } = expectErr(await scanner.scan(target, signal));

        expect(refusal).to.deep.equal({ kind: 'ScanFailed', ...target });
        expect(reason).to.match(/^\w.*[^.]$/);
      });
    }

    it('does not connect for a caller that has stopped', async () => {
      const { scanner, device } = await open();
      const stopped = new Error('stopped by the caller');

      const failure = await scanner.scan(device, AbortSignal.abort(stopped)).catch((reason: unknown) => reason);

      expect(failure).to.equal(stopped);
    });
  },
);
