import { expectOk } from '#kernel/testing';
import { HostKey, type HostKeyText } from '../host-key.ts';

export function aHostKey(facts: Partial<HostKeyText> = {}): HostKey {
  const fingerprint = 'SHA256:uNiVztksCsDhcc0u9e8BgrJXVGDXzqXqdYvCzDgkWAE';
  return expectOk(HostKey.parse({ algorithm: 'ssh-ed25519', fingerprint, ...facts }));
}
