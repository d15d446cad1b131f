import type { DeviceCredentials } from '#devices/contracts';
import { Secret } from '#kernel';

type Revealed =
  | { readonly kind: 'password'; readonly username: string; readonly password: string }
  | {
      readonly kind: 'key';
      readonly username: string;
      readonly privateKey: string;
      readonly passphrase: string | null;
    };

/** The credentials in plain text. Secrets print themselves as redacted, so they have to be revealed one by one. */
export function writeCredentials(credentials: DeviceCredentials): string {
  const { username } = credentials;
  const revealed: Revealed =
    credentials.kind === 'password'
      ? { kind: 'password', username, password: credentials.password.reveal() }
      : {
          kind: 'key',
          username,
          privateKey: credentials.privateKey.reveal(),
          passphrase: credentials.passphrase?.reveal() ?? null,
        };
  return JSON.stringify(revealed);
}

/** The other way round. The text is known to be authentic: it is what {@link writeCredentials} wrote. */
export function readCredentials(text: string): DeviceCredentials {
  const revealed = JSON.parse(text) as Revealed;
  const { username } = revealed;
  if (revealed.kind === 'password') {
    return { kind: 'password', username, password: new Secret(revealed.password) };
  }
  const passphrase = revealed.passphrase === null ? null : new Secret(revealed.passphrase);
  return { kind: 'key', username, privateKey: new Secret(revealed.privateKey), passphrase };
}
