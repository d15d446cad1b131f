import { applyUnified } from '#backups/application/testing';
import { fc } from '#testing/properties';
import { expect } from 'chai';
import { unifiedDiff } from './unified-diff.ts';

const labelled = (text: string) => ({ label: 'a', text });
const between = (from: string, to: string) => unifiedDiff(labelled(from), labelled(to));
const countOf = (diff: string, mark: RegExp) => diff.split('\n').filter((line) => mark.test(line)).length;

describe('A unified diff', () => {
  it('turns any text into any other, with lines that come once and lines that come often', () => {
    const line = fc.oneof(fc.constantFrom('!', '', '}', 'end'), fc.nat({ max: 40 }).map(String));
    const text = fc
      .tuple(fc.array(line, { maxLength: 40 }), fc.constantFrom('', '\n'))
      .map(([lines, end]) => lines.join('\n') + end);

    fc.assert(
      fc.property(text, text, (from, to) => {
        fc.pre(from !== to);
        expect(applyUnified(between(from, to), from)).to.equal(to);
      }),
      { numRuns: 1_000 },
    );
  });

  it('shows lines far apart in hunks of their own, and near ones in one', () => {
    const lines = Array.from({ length: 30 }, (_, n) => `line ${n}\n`);
    const changed = (...at: readonly number[]) =>
      lines.map((line, n) => (at.includes(n) ? `new ${n}\n` : line)).join('');

    expect(countOf(between(lines.join(''), changed(5, 12)), /^@@/)).to.equal(1);
    expect(countOf(between(lines.join(''), changed(5, 13)), /^@@/)).to.equal(2);
  });

  it('takes a line that has moved for one that was taken away and put somewhere else', () => {
    const diff = between('a\nb\nc\nd\n', 'b\nc\nd\na\n');

    expect([countOf(diff, /^-[^-]/), countOf(diff, /^\+[^+]/)]).to.deep.equal([1, 1]);
  });

  it('shows no more than what has changed in a long text with lines that come again and again', () => {
    const text = (name: string) =>
      Array.from({ length: 2_000 }, (_, n) => `interface ${n}\n description ${n % 50 === 0 ? name : 'x'}\n!\n`).join(
        '',
      );

    const diff = between(text('old'), text('new'));

    expect([countOf(diff, /^-[^-]/), countOf(diff, /^\+[^+]/)]).to.deep.equal([40, 40]);
  });

  it('compares long texts in which no line has stayed, some of whose lines come again and again', () => {
    const text = (name: string) =>
      Array.from({ length: 8_000 }, (_, n) => `${n % 4 === 0 ? n : ''} ${name}\n`).join('');

    const diff = between(text('old'), text('new'));

    expect([countOf(diff, /^-[^-]/), countOf(diff, /^\+[^+]/)]).to.deep.equal([8_000, 8_000]);
  });
});
