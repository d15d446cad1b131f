import { aHostKey } from '#devices/domain/testing';
import { AsyncTestBase } from '#testing/lifecycle';
import { hostKeyScannerContract } from './host-key-scanner.contract.ts';
import { InMemoryHostKeyScanner } from './in-memory-host-key-scanner.ts';

const at = (port: number) => ({ address: '192.0.2.1', port });

const t = AsyncTestBase.install();

hostKeyScannerContract.holdsFor(
  InMemoryHostKeyScanner,
  t.opens(({ signal }) => {
    const scanner = new InMemoryHostKeyScanner();
    scanner.answer(at(22), aHostKey());
    scanner.answer(at(25), 'it does not speak SSH');
    return { scanner, device: { ...at(22), hostKey: { ...aHostKey() } }, notSsh: at(25), nobody: at(26), signal };
  }),
);
