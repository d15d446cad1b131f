import type { HostKey } from '#devices/domain';
import { err, ok, type Result } from '#kernel';
import type { HostKeyScanner, HostKeyScanTarget, ScanFailed } from '../ports/host-key-scanner.ts';

/** A network in which a device answers at each address that was given a key, and nobody anywhere else. */
export class InMemoryHostKeyScanner implements HostKeyScanner {
  readonly #answers = new Map<string, HostKey | string>();

  /** What is found at an address: a key, or the reason why there is none. */
  answer({ address, port }: HostKeyScanTarget, answer: HostKey | string): void {
    this.#answers.set(`${address} ${port}`, answer);
  }

  async scan({ address, port }: HostKeyScanTarget, signal: AbortSignal): Promise<Result<HostKey, ScanFailed>> {
    signal.throwIfAborted();
    const answer = this.#answers.get(`${address} ${port}`) ?? 'nobody listens';
    return typeof answer === 'string' ? err({ kind: 'ScanFailed', address, port, reason: answer }) : ok(answer);
  }
}
