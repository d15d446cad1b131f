import { expect } from 'chai';
import { plantedSecrets } from '../testing/planted-secrets.ts';
import { deviceModels, modelNamed } from './device-models.ts';
import { redactSecrets } from './redact-secrets.ts';

const innocent: Readonly<Record<string, readonly string[]>> = {
  ios: [
    'service password-encryption',
    'key chain OSPF',
    ' key 1',
    ' description the secret of this port',
    'snmp-server host 10.42.0.36 vrf Mgmt-vrf informs version 3 auth oxidized  bfd',
    'aaa authentication login default group tacacs+ local',
    'crypto key generate rsa',
  ],
  'openssh-linux': ['root:x:0:0:root:/root:/bin/bash', 'daemon:*:1:1::/:/bin/false', '### cat /etc/passwd'],
  routeros: ['add address=192.0.2.1/24 comment=defconf'],
};

describe('A redacted text', () => {
  for (const [name, lines] of Object.entries(plantedSecrets)) {
    for (const line of lines) {
      it(`of ${name} does not show the secret in "${line.trim().replace(/\s+/g, ' ')}"`, () => {
        const redacted = redactSecrets(modelNamed(name)!, `before\n${line}\nafter\n`);

        expect(redacted).to.not.match(/S3|CRET/);
        expect(redacted).to.include('<redacted>');
        expect(redacted).to.match(/^before\n[^]*\nafter\n$/);
      });
    }
  }

  for (const [name, lines] of Object.entries(innocent)) {
    for (const line of lines) {
      it(`of ${name} shows "${line.trim()}" as it is`, () => {
        expect(redactSecrets(modelNamed(name)!, `${line}\n`)).to.equal(`${line}\n`);
      });
    }
  }

  for (const { name, secrets } of deviceModels) {
    for (const pattern of secrets) {
      // What takes the square of the time takes minutes here.
      it(`of ${name} is soon found by ${pattern} in lines that were made to take long`, () => {
        for (const attack of attacksOn(name)) expect(attack.replace(pattern, '')).to.be.a('string');
      }).timeout(1_000);
    }
  }
});

const LONG = 100_000;

/** Lines in which what secrets begin with comes again and again, each a hundred thousand characters long. */
function attacksOn(name: string): readonly string[] {
  const words = new Set((plantedSecrets[name] ?? []).flatMap((line) => [line, ...line.split(/(?<=[ =])/)]));
  return [...words].map((word) => word.repeat(Math.ceil(LONG / word.length)).slice(0, LONG));
}
