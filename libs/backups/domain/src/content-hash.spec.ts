import { expect } from 'chai';
import { parseContentHash } from './content-hash.ts';

describe('A content hash', () => {
  it('is 64 lower-case hex digits', () => {
    const text = '0123456789abcdef'.repeat(4);

    expect(parseContentHash(text)).to.deep.equal({ ok: true, value: text });
  });

  for (const text of [
    '',
    'a'.repeat(63),
    'a'.repeat(65),
    'A'.repeat(64),
    `${'a'.repeat(64)}\n`,
    `../${'a'.repeat(61)}`,
  ]) {
    it(`is not ${JSON.stringify(text)}`, () => {
      expect(parseContentHash(text)).to.deep.equal({ ok: false, error: { kind: 'InvalidContentHash', text } });
    });
  }
});
