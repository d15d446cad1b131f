import type { SshFailure } from './ssh.errors.ts';

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was reset',
  EHOSTUNREACH: 'there is no route to it',
  ENETUNREACH: 'there is no route to its network',
  ENOTFOUND: 'its name is not known',
  EAI_AGAIN: 'its name could not be looked up',
  ETIMEDOUT: 'it did not answer',
  EPIPE: 'the connection was closed',
};

/** What Node or the protocol reports, as the end of a sentence for people. */
export function unreachable(error: Error & { readonly code?: unknown }): SshFailure {
  const reason = REASONS[String(error.code)] ?? error.message.replace(/^Handshake failed: /, '').replace(/\.$/, '');
  return { kind: 'Unreachable', reason };
}
