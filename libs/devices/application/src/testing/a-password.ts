import type { DeviceCredentials } from '#devices/contracts';
import { Secret } from '#kernel';

type PasswordCredentials = Extract<DeviceCredentials, { kind: 'password' }>;

export function aPassword(facts: Partial<PasswordCredentials> = {}): PasswordCredentials {
  return { kind: 'password', username: 'backup', password: new Secret('hunter2'), ...facts };
}
