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

/** What to offer to the server, in this order; null when the private key cannot be read with its passphrase. */
export function offersOf(credentials: SshCredentials): readonly AnyAuthMethod[] | null {
  const { kind, username } = credentials;
  if (kind === 'password') {
    const password = credentials.password.reveal();
    return [{ type: 'password', username, password }, answeringWith(username, password)];
  }
  // Read once, here: a passphrase is slow on purpose.
  const key = ssh2.utils.parseKey(credentials.privateKey.reveal(), credentials.passphrase?.reveal());
  return key instanceof Error || !key.isPrivateKey() ? null : [{ type: 'publickey', username, key }];
}

/** Makes each offer once: servers count attempts and lock accounts. */
export function offering(offers: readonly AnyAuthMethod[]): AuthHandlerMiddleware {
  let next = 0;
  return (methodsLeft) => {
    const previous = offers[next - 1];
    const offer = offers[next];
    next += 1;
    // A method that is still welcome after it failed was refused for what was offered, not for what it is.
    const wasRefused = previous !== undefined && methodsLeft?.includes(previous.type) === true;
    return wasRefused || offer === undefined ? false : offer;
  };
}

// Many devices ask for the password in this way only. Whatever else they ask stays unanswered.
function answeringWith(username: string, password: string): AnyAuthMethod {
  let asked = false;
  return {
    type: 'keyboard-interactive',
    username,
    prompt: (_name, _instructions, _language, prompts, finish) => {
      const isPassword = !asked && prompts.length === 1 && prompts[0]?.echo !== true;
      asked ||= isPassword;
      finish(isPassword ? [password] : prompts.map(() => ''));
    },
  };
}
