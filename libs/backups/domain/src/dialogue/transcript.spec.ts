import { expect } from 'chai';
import { Transcript } from './transcript.ts';

const PAGERS = [{ line: /^ ?--More-- ?$/, key: ' ' }];

function heard(...pieces: readonly string[]): Transcript {
  const transcript = new Transcript(PAGERS);
  for (const piece of pieces) transcript.accept(piece);
  return transcript;
}

/** The same text in one piece and character by character. */
function both(text: string): readonly Transcript[] {
  return [heard(text), heard(...text)];
}

describe('A transcript', () => {
  for (const [what, text] of [
    ['a newline', 'a\nb\n'],
    ['carriage return and newline', 'a\r\nb\r\n'],
    ['several carriage returns', 'a\r\r\nb\r\r\r\n'],
  ] as const) {
    it(`ends a line at ${what}`, () => {
      for (const transcript of both(text)) expect(transcript.lines).to.deep.equal(['a', 'b']);
    });
  }

  it('begins a line anew after a carriage return at its beginning', () => {
    for (const transcript of both('a\r\n\rhost# ')) {
      expect(transcript.tail).to.equal('host# ');
      expect(transcript.isGarbled(0, 2)).to.equal(false);
    }
  });

  it('cannot step back from the beginning of a line', () => {
    for (const transcript of both('abc\r\b\r\n\b\n')) {
      expect(transcript.lines).to.deep.equal(['abc', '']);
      expect(transcript.isGarbled(0, 2)).to.equal(false);
    }
  });

  it('keeps blanks and tabs where they are', () => {
    for (const transcript of both('  a\tb  \r\n')) expect(transcript.lines).to.deep.equal(['  a\tb  ']);
  });

  for (const [what, sequence] of [
    ['colours', '\x1b[1;31m'],
    ['an erased line', '\x1b[K'],
    ['modes', '\x1b[?2004l'],
    ['a window title', '\x1b]0;host\x07'],
    ['a window title with a long end', '\x1b]0;host\x1b\\'],
    ['a character set', '\x1b(B'],
    ['a keypad mode', '\x1b='],
    ['a status request', '\x1b[5n'],
  ] as const) {
    it(`does not show ${what}`, () => {
      for (const transcript of both(`a${sequence}b\n`)) {
        expect(transcript.lines).to.deep.equal(['ab']);
        expect(transcript.isGarbled(0, 1)).to.equal(false);
      }
    });
  }

  for (const [what, erasing] of [
    ['backspaces', '\b'.repeat(10) + ' '.repeat(10) + '\b'.repeat(10)],
    ['fewer backspaces than it is long', '\b'.repeat(9) + ' '.repeat(8) + '\b'.repeat(9)],
    ['blanks', '\r          \r'],
    ['a control sequence', '\r\x1b[K'],
    ['a control sequence for the whole line', '\x1b[2K\r'],
  ] as const) {
    it(`forgets a pager that is erased by ${what}`, () => {
      for (const transcript of both(`a\r\n --More-- ${erasing}  b\r\n --More-- ${erasing}\r\n!\r\n`)) {
        expect(transcript.lines).to.deep.equal(['a', '  b', '', '!']);
        expect(transcript.isGarbled(0, 4)).to.equal(false);
      }
    });
  }

  it('keeps a line that looks like a pager and is ended like any other', () => {
    for (const transcript of both('a\r\n--More--\r\nb\r\n')) {
      expect(transcript.lines).to.deep.equal(['a', '--More--', 'b']);
    }
  });

  it('knows the pager that waits for a key', () => {
    expect(heard('a\r\n --Mo').pager).to.equal(null);
    expect(heard('a\r\n --Mo', 're-- ').pager).to.equal(PAGERS[0]);
  });

  for (const [what, text] of [
    ['a control character', 'a\x07b'],
    ['a null', 'a\0b'],
    ['a delete', 'a\x7fb'],
    ['a control character of eight bits', 'a\x9bb'],
    ['what was no UTF-8', 'a\ufffdb'],
    ['text over text', 'abc\rde'],
    ['a step back', 'abc\bd'],
    ['a jump', 'a\x1b[5;5Hb'],
    ['a sequence without an end', `a\x1b]${'x'.repeat(300)}b`],
  ] as const) {
    it(`marks the line of ${what} as garbled, and no other`, () => {
      for (const transcript of both(`first\r\n${text}\r\nlast\r\n`)) {
        expect([0, 1, 2].map((line) => transcript.isGarbled(line, line + 1))).to.deep.equal([false, true, false]);
      }
    });
  }

  it('reads a long line that comes one by one', () => {
    const transcript = new Transcript(PAGERS);

    for (let at = 0; at < 200_000; at += 1) {
      transcript.accept('-');
      if (transcript.pager !== null) break;
    }

    expect(transcript.tail.length).to.equal(200_000);
  });
});
