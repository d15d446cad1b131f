import type { HostKeyText } from '#devices/domain';
import { expectErr, expectOk } from '#kernel/testing';
import { expect } from 'chai';
import type { HostKeyScanner, HostKeyScanTarget } from '../ports/host-key-scanner.ts';

/** A scanner in a network with a device that shows a key, a service that is not SSH, and an address where nobody listens. */
export type HostKeyScannerUnderTest = {
  readonly scanner: HostKeyScanner;
  readonly device: HostKeyScanTarget & { readonly hostKey: HostKeyText };
  readonly notSsh: HostKeyScanTarget;
  readonly nobody: HostKeyScanTarget;
};

const untimed = (): AbortSignal => new AbortController().signal;

/** What every {@link HostKeyScanner} promises. */
export function itBehavesLikeAHostKeyScanner(
  open: () => HostKeyScannerUnderTest | Promise<HostKeyScannerUnderTest>,
): void {
  it('brings back the key that the device shows', async () => {
    const { scanner, device } = await open();

    const scanned = expectOk(await scanner.scan(device, untimed()));

    expect(scanned).to.include(device.hostKey);
  });

  it('says that nobody could be reached', async () => {
    const { scanner, nobody } = await open();

    const refusal = expectErr(await scanner.scan(nobody, untimed()));

    expect(refusal).to.deep.equal({ kind: 'ScanFailed', ...nobody, reason: 'unreachable' });
  });

  it('says that whoever answered does not speak SSH', async () => {
    const { scanner, notSsh } = await open();

    const refusal = expectErr(await scanner.scan(notSsh, untimed()));

    expect(refusal).to.deep.equal({ kind: 'ScanFailed', ...notSsh, reason: 'not-ssh' });
  });

  it('does not connect for a caller that has stopped', async () => {
    const { scanner, device } = await open();
    const stopped = new Error('stopped by the caller');

    const failure = await scanner.scan(device, AbortSignal.abort(stopped)).catch((reason: unknown) => reason);

    expect(failure).to.equal(stopped);
  });
}
