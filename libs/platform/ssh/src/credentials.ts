import ssh2, { type AnyAuthMethod, type AuthHandlerMiddleware } from 'ssh2';
import type { Secret } from '#kernel';

export type SshCredentials =
  | { readonly kind: 'password'; readonly username: string; readonly password: Secret }
  | {
      readonly kind: 'key';
      readonly username: string;
      readonly privateKey: Secret;
      readonly passphrase: Secret | null;
    };

/** Offers what the credentials hold, and each of it once: servers count attempts and lock accounts. */
export function offering(credentials: SshCredentials): AuthHandlerMiddleware {
  const offers = credentials.kind === 'key' ? [offerKey] : [offerPassword, answerWithPassword];
  let next = 0;
  return (methodsLeft) => {
    // A method that is still on the list after it failed was refused for what was offered, not for what it is.
    const refused = next > 0 && methodsLeft?.includes('password') === true && credentials.kind === 'password';
    const offer = refused ? undefined : offers[next];
    next += 1;
    return offer === undefined ? false : offer(credentials);
  };
}

/** Whether the private key can be read with its passphrase. Passwords always can. */
export function areUsable(credentials: SshCredentials): boolean {
  if (credentials.kind === 'password') return true;
  const parsed = ssh2.utils.parseKey(credentials.privateKey.reveal(), credentials.passphrase?.reveal());
  return !(parsed instanceof Error) && parsed.isPrivateKey();
}

function offerKey(credentials: SshCredentials): AnyAuthMethod | false {
  if (credentials.kind !== 'key') return false;
  const { username, privateKey, passphrase } = credentials;
  const key = privateKey.reveal();
  return {
    type: 'publickey',
    username,
    key: passphrase === null ? key : { key, passphrase: passphrase.reveal() },
  } as AnyAuthMethod;
}

function offerPassword(credentials: SshCredentials): AnyAuthMethod | false {
  if (credentials.kind !== 'password') return false;
  return { type: 'password', username: credentials.username, password: credentials.password.reveal() };
}

// Many devices ask for the password in this way only. Whatever else they ask stays unanswered.
function answerWithPassword(credentials: SshCredentials): AnyAuthMethod | false {
  if (credentials.kind !== 'password') return false;
  let asked = false;
  return {
    type: 'keyboard-interactive',
    username: credentials.username,
    prompt: (_name, _instructions, _language, prompts, finish) => {
      const isPassword = !asked && prompts.length === 1 && prompts[0]?.echo !== true;
      asked ||= isPassword;
      finish(isPassword ? [credentials.password.reveal()] : prompts.map(() => ''));
    },
  };
}
