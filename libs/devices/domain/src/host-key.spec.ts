import { expectErr, expectOk } from '#kernel/testing';
import { expect } from 'chai';
import { HostKey } from './host-key.ts';
import { aHostKey } from './testing/a-host-key.ts';

const fingerprint = 'SHA256:uNiVztksCsDhcc0u9e8BgrJXVGDXzqXqdYvCzDgkWAE';
const anotherFingerprint = 'SHA256:LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ';

describe('HostKey', () => {
  it('is written as OpenSSH writes it', () => {
    const key = expectOk(HostKey.parse({ algorithm: 'ecdsa-sha2-nistp256', fingerprint }));

    expect(key).to.include({ algorithm: 'ecdsa-sha2-nistp256', fingerprint });
  });

  const refused = {
    'an MD5 fingerprint': 'MD5:16:27:ac:a5:76:28:2d:36:63:1b:56:4d:eb:df:a6:48',
    'a padded fingerprint': `${fingerprint}=`,
    'a cut fingerprint': fingerprint.slice(0, -1),
    'a fingerprint of more than 32 bytes': `${fingerprint.slice(0, -1)}B`,
    'a fingerprint in URL characters': fingerprint.replace('d', '_'),
    'no fingerprint': '',
  };
  for (const [what, text] of Object.entries(refused)) {
    it(`refuses ${what}`, () => {
      const refusal = expectErr(HostKey.parse({ algorithm: 'ssh-ed25519', fingerprint: text }));

      expect(refusal).to.deep.equal({ kind: 'InvalidHostKey', algorithm: 'ssh-ed25519', fingerprint: text });
    });
  }

  for (const algorithm of [
    '',
    'ED25519',
    'ssh-ed25591',
    'rsa-sha2-512',
    'ssh-dss',
    'ssh ed25519',
    'ssh-ed25519\n',
    'x'.repeat(65),
  ]) {
    it(`refuses ${JSON.stringify(algorithm)} as an algorithm`, () => {
      expect(expectErr(HostKey.parse({ algorithm, fingerprint })).kind).to.equal('InvalidHostKey');
    });
  }

  it('is told from a key with another fingerprint and from one of another algorithm', () => {
    const key = aHostKey({ algorithm: 'ssh-ed25519', fingerprint });

    expect(key.equals({ algorithm: 'ssh-ed25519', fingerprint })).to.equal(true);
    expect(key.equals({ algorithm: 'ssh-ed25519', fingerprint: anotherFingerprint })).to.equal(false);
    expect(key.equals({ algorithm: 'ssh-rsa', fingerprint })).to.equal(false);
  });
});
