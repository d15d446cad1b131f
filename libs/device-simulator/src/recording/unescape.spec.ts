import { expect } from 'chai';
import { unescape } from './unescape.ts';

describe('unescape', () => {
  for (const [escaped, text] of [
    [String.raw`a\x20b`, 'a b'],
    [String.raw`a\r\n\tb`, 'a\r\n\tb'],
    [String.raw`say \"no\" \\ \'yes\'`, `say "no" \\ 'yes'`],
    [String.raw`\e[K\033[K\x1b[K`, '\x1b[K\x1b[K\x1b[K'],
    [String.raw`\a\b\f\v\0`, '\x07\b\f\v\0'],
    [String.raw`Z\xc3\xbcrich, Z\303\274rich, Z\u00fcrich`, 'Zürich, Zürich, Zürich'],
    [String.raw`\x4142 \1011`, 'A42 A1'],
    [String.raw`\\x20 \\\\n`, String.raw`\x20 \\n`],
    [String.raw`\#{not} \q`, '#{not} q'],
    ['folded \\\n  here\\', 'folded \\\n  here\\'],
  ] as const) {
    it(`reads ${JSON.stringify(escaped)}`, () => {
      expect(unescape(escaped)).to.equal(text);
    });
  }

  it('shows bytes that are no UTF-8 as such', () => {
    expect(unescape(String.raw`a\xffb`)).to.equal('a\ufffdb');
  });
});
