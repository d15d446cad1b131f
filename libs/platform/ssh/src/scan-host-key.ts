import { Client } from 'ssh2';
import { abortable, err, ok, type Result } from '#kernel';
import { algorithmsForAnyKey } from './algorithms.ts';
import { hostKeyOf, type HostKey } from './host-key.ts';
import type { SshFailure } from './ssh.errors.ts';
import { unreachable } from './unreachable.ts';

const LONGEST_HANDSHAKE_MS = 10_000;

/**
 * Looks at the key that a server shows, and hangs up before anything is said about who asks.
 *
 * Ends within ten seconds, or rejects with the signal's reason as soon as it aborts; either way nothing stays open.
 */
export async function scanHostKey(
  address: string,
  port: number,
  signal: AbortSignal,
): Promise<Result<HostKey, SshFailure>> {
  signal.throwIfAborted();
  const client = new Client();
  const { promise, resolve } = Promise.withResolvers<Result<HostKey, SshFailure>>();
  client.on('error', (error) => resolve(err(unreachable(error))));
  client.on('close', () => resolve(err({ kind: 'Unreachable', reason: 'the connection was closed' })));
  client.connect({
    host: address,
    port,
    username: 'nobody',
    algorithms: algorithmsForAnyKey(),
    readyTimeout: LONGEST_HANDSHAKE_MS,
    hostVerifier: (key: Buffer) => {
      resolve(ok(hostKeyOf(key)));
      return false;
    },
  });
  try {
    return await abortable(promise, signal);
  } finally {
    client.destroy();
  }
}
