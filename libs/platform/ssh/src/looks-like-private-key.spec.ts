import { Secret } from '#kernel';
import { expect } from 'chai';
import ssh2 from 'ssh2';
import { looksLikePrivateKey } from './looks-like-private-key.ts';
import { newPrivateKey } from './testing/ssh-test-server.ts';

const open = newPrivateKey('ecdsa');
const locked = newPrivateKey('ecdsa', 'sesame');
const publicKey = ssh2.utils.generateKeyPairSync('ecdsa', { bits: 256 }).public;

describe('looksLikePrivateKey', () => {
  for (const [what, text, passphrase, accepted] of [
    ['a key', open, null, true],
    ['a key with a passphrase that it does not need', open, 'sesame', true],
    ['an encrypted key with a passphrase', locked, 'sesame', true],
    ['an encrypted key without one', locked, null, false],
    ['a public key', publicKey, null, false],
    ['half a key', open.slice(0, open.length / 2), null, false],
    ['another text', 'no key at all', null, false],
    ['another text with a passphrase', 'no key at all', 'sesame', false],
  ] as const) {
    it(`${accepted ? 'accepts' : 'refuses'} ${what}`, () => {
      const given = { privateKey: new Secret(text), passphrase: passphrase === null ? null : new Secret(passphrase) };

      expect(looksLikePrivateKey(given)).to.equal(accepted);
    });
  }
});
