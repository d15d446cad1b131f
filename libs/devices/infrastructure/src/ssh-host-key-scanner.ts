import type { HostKeyScanner, HostKeyScanTarget, ScanFailed } from '#devices/application';
import { HostKey } from '#devices/domain';
import { err, type Result } from '#kernel';
import { scanHostKey, type SshFailure } from '#platform/ssh';

export class SshHostKeyScanner implements HostKeyScanner {
  async scan({ address, port }: HostKeyScanTarget, signal: AbortSignal): Promise<Result<HostKey, ScanFailed>> {
    const failed = (reason: string) => err({ kind: 'ScanFailed', address, port, reason } as const);

    const scanned = await scanHostKey(address, port, signal);
    if (!scanned.ok) return failed(reasonOf(scanned.error));

    // Whoever answers may show anything and call it a key.
    const key = HostKey.parse(scanned.value);
    return key.ok ? key : failed('what it shows is no key that could be pinned');
  }
}

/** A scan neither expects a key nor logs in, so the other failures of a connection do not happen to it. */
function reasonOf(failure: SshFailure): string {
  return failure.kind === 'Unreachable' ? failure.reason : 'it shows no key that could be pinned';
}
