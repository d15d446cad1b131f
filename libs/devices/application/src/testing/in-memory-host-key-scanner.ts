import type { HostKey } from '#devices/domain';
import { err, ok, type Result } from '#kernel';
import type { HostKeyScanner, HostKeyScanTarget, ScanFailed } from '../ports/host-key-scanner.ts';

/** A network in which a device answers at each address it was given a key for, and nobody anywhere else. */
export class InMemoryHostKeyScanner implements HostKeyScanner {
  readonly #answers = new Map<string, HostKey | 'no-answer' | 'not-ssh'>();

  answer({ address, port }: HostKeyScanTarget, answer: HostKey | 'no-answer' | 'not-ssh'): void {
    this.#answers.set(`${address} ${port}`, answer);
  }

  async scan({ address, port }: HostKeyScanTarget, signal: AbortSignal): Promise<Result<HostKey, ScanFailed>> {
    signal.throwIfAborted();
    const answer = this.#answers.get(`${address} ${port}`) ?? 'unreachable';
    return typeof answer === 'string' ? err({ kind: 'ScanFailed', address, port, reason: answer }) : ok(answer);
  }
}
