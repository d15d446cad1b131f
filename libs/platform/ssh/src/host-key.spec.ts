import { expect } from 'chai';
import { hostKeyOf } from './host-key.ts';

const ED25519 = 'AAAAC3NzaC1lZDI1NTE5AAAAIOEgIEL0GUYi2+m1l8fYJDI6txzAjXT/QIG8sdBk9Hr6';

describe('A host key', () => {
  it('has the fingerprint that ssh-keygen prints', () => {
    const key = hostKeyOf(Buffer.from(ED25519, 'base64'));

    expect(key).to.deep.equal({
      algorithm: 'ssh-ed25519',
      fingerprint: 'SHA256:u8znLqlpvIku6LurGDsgwSaml34VKwcXy0mUzHcAI2k',
    });
  });

  it('has no name when the bytes are none', () => {
    expect(hostKeyOf(Buffer.from([1])).algorithm).to.equal('');
  });
});
