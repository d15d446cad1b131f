import { contract, expectOk } from '#kernel/testing';
import { expect } from 'chai';
import { fc } from '#testing/properties';
import { LineDiff } from '../ports/line-diff.ts';
import { applyUnified } from './apply-unified.ts';

const untimed = () => new AbortController().signal;

/** What every {@link LineDiff} promises. */
export const lineDiffContract = contract(LineDiff, (open: () => LineDiff) => {
  const between = async (from: string, to: string, diff = open()) =>
    expectOk(await diff.unified({ label: 'version-1', text: from }, { label: 'version-2', text: to }, untimed()));

  it('is empty for equal texts', async () => {
    expect(await between('a\nb\n', 'a\nb\n')).to.equal('');
  });

  it('shows a change between three lines of context', async () => {
    const diff = await between('1\n2\n3\n4\nold\n6\n7\n8\n9\n', '1\n2\n3\n4\nnew\n6\n7\n8\n9\n');

    expect(diff).to.equal('--- version-1\n+++ version-2\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-old\n+new\n 6\n 7\n 8\n');
  });

  it('shows a first text as added from nothing', async () => {
    expect(await between('', 'a\nb\n')).to.equal('--- version-1\n+++ version-2\n@@ -0,0 +1,2 @@\n+a\n+b\n');
  });

  it('tells a last line without its end from one with it', async () => {
    const diff = await between('a\nb\n', 'a\nb');

    expect(diff).to.equal('--- version-1\n+++ version-2\n@@ -1,2 +1,2 @@\n a\n-b\n+b\n\\ No newline at end of file\n');
  });

  it('takes line ends and white space for what they are', async () => {
    expect(await between('a\r\n', 'a\n')).to.include('-a\r\n+a\n');
    expect(await between('a \n', 'a\n')).to.include('-a \n+a\n');
  });

  it('turns any text into any other', async () => {
    const line = fc.constantFrom('a', 'b', 'c', '', '-a', '+b', '@@ -1 +1 @@', '\\ x', 'ä');
    const text = fc
      .tuple(fc.array(line, { maxLength: 12 }), fc.constantFrom('', '\n'))
      .map(([lines, end]) => lines.join('\n') + end);
    const diff = open();

    await fc.assert(
      fc.asyncProperty(text, text, async (from, to) => {
        expect(applyUnified(await between(from, to, diff), from)).to.equal(to);
      }),
      { numRuns: 40 },
    );
  });

  it('does nothing for a caller that has stopped', async () => {
    const stopped = new Error('stopped by the caller');
    const text = { label: 'version-1', text: 'a\n' };

    const reason = await open()
      .unified(text, text, AbortSignal.abort(stopped))
      .catch((error: unknown) => error);

    expect(reason).to.equal(stopped);
  });
});
