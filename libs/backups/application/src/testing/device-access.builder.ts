import type { DeviceAccess, DeviceId } from '#devices/contracts';
import { Secret } from '#kernel';

export function aDeviceAccess(facts: Partial<DeviceAccess> = {}): DeviceAccess {
  return {
    id: '01900000-0000-7000-8000-00000000000d' as DeviceId,
    name: 'core-1',
    address: '192.0.2.1',
    port: 22,
    model: 'ios',
    hostKey: { algorithm: 'ssh-ed25519', fingerprint: 'SHA256:pinned' },
    credentials: { kind: 'password', username: 'backup', password: new Secret('open sesame') },
    ...facts,
  };
}
