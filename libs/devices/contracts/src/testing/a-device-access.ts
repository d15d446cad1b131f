import { Secret } from '#kernel';
import { sequentialId } from '#kernel/testing';
import type { DeviceAccess } from '../device-directory.ts';

/** A device that can be logged in to and is of no interest, but for what `facts` say. */
export function aDeviceAccess(facts: Partial<DeviceAccess> = {}): DeviceAccess {
  return {
    id: sequentialId(1),
    name: 'core-1',
    address: '192.0.2.1',
    port: 22,
    model: 'ios',
    hostKey: { algorithm: 'ssh-ed25519', fingerprint: 'SHA256:uNiVztksCsDhcc0u9e8BgrJXVGDXzqXqdYvCzDgkWAE' },
    credentials: { kind: 'password', username: 'backup', password: new Secret('open sesame') },
    ...facts,
  };
}
