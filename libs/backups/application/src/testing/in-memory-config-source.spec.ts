import { modelNamed } from '#backups/domain';
import type { HostKey } from '#devices/contracts';
import { aDeviceAccess } from '#devices/contracts/testing';
import { configSourceContract } from './config-source.contract.ts';
import { InMemoryConfigSource } from './in-memory-config-source.ts';

configSourceContract.holdsFor(InMemoryConfigSource, () => {
  const source = new InMemoryConfigSource();
  const text = 'hostname r1\nend\n';
  let placed = 0;

  return {
    source,
    model: modelNamed('ios')!,
    device: (ending = 'whole') => {
      placed += 1;
      const address = `192.0.2.${placed}`;
      const hostKey: HostKey = { algorithm: 'ssh-ed25519', fingerprint: `SHA256:${placed}` };
      source.place(address, { hostKey, password: 'open sesame', text, ending });
      return { access: aDeviceAccess({ address, hostKey }), text };
    },
    wasTrusted: ({ address }) => source.trusted.includes(address),
    connections: () => source.waiting,
    silence: () => Promise.resolve(),
    giveUp: () => Promise.resolve(source.giveUp()),
  };
});
