import { expect } from 'chai';
import { isFromTerminal, partsOf, promptOf } from './answer-parts.ts';

describe('partsOf', () => {
  for (const [what, answer, parts] of [
    [
      'an answer of a terminal',
      'show clock\n10:00\nlab-1# ',
      { echo: 'show clock\n', body: '10:00\n', prompt: 'lab-1# ' },
    ],
    ['an empty answer', 'show clock\nlab-1#', { echo: 'show clock\n', body: '', prompt: 'lab-1#' }],
    [
      'line ends of many kinds',
      'show clock\r\r\n10:00\r\n\rlab-1# ',
      { echo: 'show clock\r\r\n', body: '10:00\r\n', prompt: '\rlab-1# ' },
    ],
    [
      'an echo that a narrow terminal folded',
      'show cl\rock\n10:00\nlab-1#',
      { echo: 'show cl\rock\n', body: '10:00\n', prompt: 'lab-1#' },
    ],
    [
      'an echo below an empty line',
      '\nshow clock\n10:00\nlab-1#',
      { echo: '\nshow clock\n', body: '10:00\n', prompt: 'lab-1#' },
    ],
    ['an answer without echo', '10:00\nlab-1#', { echo: '', body: '10:00\n', prompt: 'lab-1#' }],
    ['an answer without prompt', 'show clock\n10:00\nbye', { echo: 'show clock\n', body: '10:00\nbye', prompt: '' }],
    ['an echo alone', 'show clock', { echo: 'show clock', body: '', prompt: '' }],
    ['nothing', '', { echo: '', body: '', prompt: '' }],
  ] as const) {
    it(`takes ${what} apart and loses nothing`, () => {
      expect(partsOf({ typed: 'show clock', answer })).to.deep.equal(parts);
      expect(parts.echo + parts.body + parts.prompt).to.equal(answer);
    });
  }
});

describe('promptOf', () => {
  for (const [initPrompt, prompt] of [
    ['Welcome to # 1\nlab-1> ', 'lab-1> '],
    ['\r\n\rlab-1# ', '\rlab-1# '],
    ['[admin@lab-1] > ', '[admin@lab-1] > '],
    ['--- built 2026-01-05 09:00:00 UTC', ''],
    ['lab-1#\n', ''],
    [null, ''],
  ] as const) {
    it(`finds ${JSON.stringify(prompt)} in ${JSON.stringify(initPrompt)}`, () => {
      expect(promptOf({ name: '', model: null, initPrompt, exchanges: [] })).to.equal(prompt);
    });
  }
});

describe('isFromTerminal', () => {
  for (const [what, initPrompt, answer, fromTerminal] of [
    ['its answers end with its prompt', 'lab-1# ', 'show clock\r\n\rlab-1#', true],
    ['its answers have no prompt', 'lab-1# ', '10:00\n', false],
    ['it has no prompt', null, '10:00\n#', false],
  ] as const) {
    it(`is ${fromTerminal} where ${what}`, () => {
      const exchanges = [{ typed: 'show clock', answer }];

      expect(isFromTerminal({ name: '', model: null, initPrompt, exchanges })).to.equal(fromTerminal);
    });
  }
});
