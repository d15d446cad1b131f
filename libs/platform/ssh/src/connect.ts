import { connect as connectSocket, type Socket } from 'node:net';
import { Client, type AnyAuthMethod } from 'ssh2';
import { abortable, DeadlineExceeded, err, ok, type Clock, type Result } from '#kernel';
import { algorithmsForPinned, canBePinned } from './algorithms.ts';
import { offering, offersOf, type SshCredentials } from './credentials.ts';
import { hostKeyOf, type HostKey } from './host-key.ts';
import { SshConnection, type SshDeadlines } from './ssh-connection.ts';
import type { SshFailure } from './ssh.errors.ts';
import { unreachable } from './unreachable.ts';

const KEEP_ALIVE = { keepaliveInterval: 10_000, keepaliveCountMax: 3 };

export type SshTarget = {
  readonly address: string;
  readonly port: number;
  /** The only key this server may show. There is no way to connect without one. */
  readonly hostKey: HostKey;
  readonly credentials: SshCredentials;
  readonly deadlines: SshDeadlines;
  readonly clock: Clock;
  /** Its abort ends the attempt, and later the connection, at once. */
  readonly signal: AbortSignal;
};

/**
 * Connects to a server and logs in. Another key than the pinned one is refused before any credentials are sent.
 *
 * Rejects with the signal's reason on abort. Whenever there is no connection in the end, nothing stays open.
 */
export async function connect(target: SshTarget): Promise<Result<SshConnection, SshFailure>> {
  const { hostKey, credentials, deadlines, clock, signal } = target;
  signal.throwIfAborted();
  if (!canBePinned(hostKey.algorithm)) return err({ kind: 'HostKeyRefused', presented: null });
  const offers = offersOf(credentials);
  if (offers === null) return err({ kind: 'AuthenticationRefused' });

  using deadline = clock.deadline(deadlines.connect, signal);
  const socket = connectSocket({ host: target.address, port: target.port, noDelay: true });
  const destroy = (): void => void socket.destroy();
  signal.addEventListener('abort', destroy, { once: true });
  socket.once('close', () => signal.removeEventListener('abort', destroy));
  const client = new Client();
  try {
    const failure = await abortable(ready(client, socket, { ...target, offers }), deadline.signal);
    if (failure === null) return ok(new SshConnection({ client, socket, clock, deadlines }));
    socket.destroy();
    return err(failure);
  } catch (reason) {
    socket.destroy();
    if (!(reason instanceof DeadlineExceeded) || signal.aborted) throw reason;
    return err({ kind: 'Unreachable', reason: `there was no session within ${reason.milliseconds} ms` });
  }
}

/** Null as soon as the server has let us in. */
function ready(
  client: Client,
  sock: Socket,
  { hostKey, credentials, offers }: SshTarget & { readonly offers: readonly AnyAuthMethod[] },
): Promise<SshFailure | null> {
  const { promise, resolve } = Promise.withResolvers<SshFailure | null>();
  let refused: string | null = null;
  client.on('ready', () => resolve(null));
  client.on('close', () => resolve({ kind: 'Unreachable', reason: 'the connection was closed' }));
  client.on('error', (error) => {
    if (refused !== null) resolve({ kind: 'HostKeyRefused', presented: refused });
    else if (error.message.includes('no matching host key')) resolve({ kind: 'HostKeyRefused', presented: null });
    else if (error.level === 'client-authentication') resolve({ kind: 'AuthenticationRefused' });
    else resolve(unreachable(error));
  });
  client.connect({
    sock,
    username: credentials.username,
    algorithms: algorithmsForPinned(hostKey.algorithm),
    authHandler: offering(offers),
    hostVerifier: (key: Buffer) => {
      const { fingerprint } = hostKeyOf(key);
      if (fingerprint !== hostKey.fingerprint) refused = fingerprint;
      return refused === null;
    },
    // The deadline is the caller's.
    readyTimeout: 0,
    ...KEEP_ALIVE,
  });
  return promise;
}
