import type { DeviceCredentials } from '#devices/contracts';

/** Whether they log in as the same user by the same secrets. */
export function sameCredentials(one: DeviceCredentials, other: DeviceCredentials): boolean {
  if (one.username !== other.username) return false;
  if (one.kind === 'password') return other.kind === 'password' && one.password.reveal() === other.password.reveal();
  return (
    other.kind === 'key' &&
    one.privateKey.reveal() === other.privateKey.reveal() &&
    one.passphrase?.reveal() === other.passphrase?.reveal()
  );
}
