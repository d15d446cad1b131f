import ssh2, { type AuthContext, type ParsedKey, type PublicKeyAuthContext } from 'ssh2';
import type { DeviceLog } from './device-log.ts';
import type { Faults } from './faults.ts';

/** Who may log in. `authorizedKey` is a line as in OpenSSH's `authorized_keys`. */
export type Access = {
  readonly credentials: { readonly username: string; readonly password: string };
  readonly authorizedKey?: string;
};

/** Answers one attempt to log in, and notes it. */
export function authenticate(context: AuthContext, access: Access, faults: Faults, log: DeviceLog): void {
  const isSilent = faults.silentAt === 'authentication' && context.method !== 'none';
  const accepted = !isSilent && isAccepted(context, access, faults);
  const { method, username } = context;
  const credentials = method === 'password' || (method === 'publickey' && context.signature !== undefined);
  log.attempts.push({ method, username, credentials, accepted });
  if (isSilent) return;
  if (accepted) context.accept();
  else context.reject(access.authorizedKey === undefined ? ['password'] : ['publickey', 'password']);
}

function isAccepted(context: AuthContext, { credentials, authorizedKey }: Access, faults: Faults): boolean {
  if (context.username !== credentials.username) return false;
  if (context.method === 'password')
    return faults.refusesPassword !== true && context.password === credentials.password;
  return context.method === 'publickey' && authorizedKey !== undefined && isAuthorized(context, authorizedKey);
}

/** Reads a line of `authorized_keys`; throws when it is none. */
export function publicKeyOf(authorizedKey: string): ParsedKey {
  const parsed = ssh2.utils.parseKey(authorizedKey);
  if (parsed instanceof Error) throw new Error(`The authorized key cannot be read: ${parsed.message}.`);
  return Array.isArray(parsed) ? parsed[0] : parsed;
}

// Without a signature the client only asks whether it is worth signing.
function isAuthorized({ key, blob, signature, hashAlgo }: PublicKeyAuthContext, authorizedKey: string): boolean {
  const authorized = publicKeyOf(authorizedKey);
  if (key.algo !== authorized.type || !key.data.equals(authorized.getPublicSSH())) return false;
  if (signature === undefined || blob === undefined) return true;
  return authorized.verify(blob, signature, hashAlgo) === true;
}
