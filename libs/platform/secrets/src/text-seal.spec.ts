import { Secret } from '#kernel';
import { expect } from 'chai';
import { TextSeal } from './text-seal.ts';

const masterKey = (byte: number): Secret => new Secret(Buffer.alloc(32, byte).toString('base64'));
const sealOf = (byte = 1, purpose = 'lockstep/test'): TextSeal => new TextSeal(masterKey(byte), purpose);

describe('TextSeal', () => {
  it('opens what was sealed under the same master key before a restart', () => {
    const sealed = sealOf().seal('owner', 'secret 漢');

    expect(sealOf().open('owner', sealed)).to.equal('secret 漢');
  });

  it('opens what an earlier version of it has sealed', () => {
    const sealed = Buffer.from('AQABAgMEBQYHCAkKCzqebqJdJzGTifd4sWAwCPTNVPfSdFA=', 'base64');

    expect(sealOf().open('owner', sealed)).to.equal('secret');
  });

  it('opens nothing for another owner, purpose or master key', () => {
    const sealed = sealOf().seal('owner', 'secret');

    const opened = [
      sealOf().open('thief', sealed),
      sealOf(1, 'lockstep/other').open('owner', sealed),
      sealOf(2).open('owner', sealed),
    ];

    expect(opened).to.deep.equal([null, null, null]);
  });

  it('notices every bit that has changed, and every byte that is missing', () => {
    const seal = sealOf();
    const sealed = seal.seal('owner', 'secret');

    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const changed = sealed.map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
      expect(seal.open('owner', changed)).to.equal(null);
    }
    for (let length = 0; length < sealed.length; length += 1) {
      expect(seal.open('owner', sealed.slice(0, length))).to.equal(null);
    }
  });

  it('never repeats a nonce', () => {
    const seal = sealOf();

    const sealed = Array.from({ length: 1_000 }, () => seal.seal('owner', 'secret'));

    expect(new Set(sealed.map((bytes) => bytes.slice(1, 13).toString())).size).to.equal(1_000);
  });

  it('does not name its key after the key itself', () => {
    expect(sealOf().keyId)
      .to.match(/^[0-9a-f]{16}$/)
      .and.not.equal('01'.repeat(8));
  });

  for (const bytes of [0, 31, 33]) {
    it(`refuses a master key of ${bytes} bytes`, () => {
      const key = new Secret(Buffer.alloc(bytes).toString('base64'));

      expect(() => new TextSeal(key, 'lockstep/test')).to.throw(RangeError);
    });
  }
});
