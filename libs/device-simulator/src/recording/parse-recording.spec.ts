import { expect } from 'chai';
import { parseRecording } from './parse-recording.ts';
import { RecordingInvalid } from './recording-invalid.ts';

const exchangesOf = (text: string): unknown => parseRecording(text).exchanges;

describe('parseRecording', () => {
  it('reads a map of commands', () => {
    const recording = parseRecording(
      [
        '---',
        'init_prompt: |-',
        '  Welcome',
        '  lab-1#\\x20',
        'commands:',
        '  "show clock\\n": |-',
        '    show clock',
        '    10:00',
        '    lab-1#\\x20',
        '  "exit\\n": ""',
      ].join('\n'),
      'ios--lab-1.yaml',
    );

    expect(recording).to.deep.equal({
      name: 'ios--lab-1.yaml',
      model: 'ios',
      initPrompt: 'Welcome\nlab-1# ',
      exchanges: [
        { typed: 'show clock', answer: 'show clock\n10:00\nlab-1# ' },
        { typed: 'exit', answer: '' },
      ],
    });
  });

  it('reads a list of commands, where one may occur twice', () => {
    const exchanges = exchangesOf('init_prompt: "#"\ncommands:\n  - "a\\n": one\n  - "b\\n": two\n  - "a\\n": three\n');

    expect(exchanges).to.deep.equal([
      { typed: 'a', answer: 'one' },
      { typed: 'b', answer: 'two' },
      { typed: 'a', answer: 'three' },
    ]);
  });

  it('reads a map in which a command occurs twice like a list', () => {
    expect(exchangesOf('commands:\n  "a\\n": one\n  "a\\n": two\n')).to.deep.equal([
      { typed: 'a', answer: 'one' },
      { typed: 'a', answer: 'two' },
    ]);
  });

  it('reads escapes once, also where YAML reads them', () => {
    expect(exchangesOf('commands:\n  "a\\n": "\\\\x20"\n  b\\n: \'\\\\x20\'\n')).to.deep.equal([
      { typed: 'a', answer: '\\x20' },
      { typed: 'b', answer: '\\x20' },
    ]);
  });

  for (const [how, text] of [
    ['empty', 'init_prompt:\ncommands:\n  "a\\n": b\n'],
    ['missing', 'commands:\n  "a\\n": b\n'],
    ['null', 'init_prompt: ""\ncommands:\n  "a\\n": b\n'],
  ] as const) {
    it(`takes a prompt that is ${how} for none`, () => {
      expect(parseRecording(text).initPrompt).to.equal(null);
    });
  }

  it('reads lines that end in CR LF like others', () => {
    const unix = 'init_prompt: |-\n  a\\r\n  b#\ncommands:\n  - "x\\n": |-\n      x\\r\n      \n      y\n';

    expect(exchangesOf(unix.replaceAll('\n', '\r\n'))).to.deep.equal(exchangesOf(unix));
    expect(exchangesOf(unix)).to.deep.equal([{ typed: 'x', answer: 'x\r\n\ny' }]);
  });

  it('takes numbers, dates and truths for the texts they are', () => {
    expect(exchangesOf('commands:\n  "1\\n": 007\n  "2\\n": true\n  "3\\n": 2026-01-05\n  "4\\n":\n')).to.deep.equal([
      { typed: '1', answer: '007' },
      { typed: '2', answer: 'true' },
      { typed: '3', answer: '2026-01-05' },
      { typed: '4', answer: '' },
    ]);
  });

  for (const [problem, line, text] of [
    ['a map with "init_prompt" and "commands" is expected', 1, '- a\n'],
    ['"commands" is missing', 1, 'init_prompt: a\n'],
    ['"commands" is neither a map nor a list', 2, 'init_prompt: a\ncommands: b\n'],
    ['a map with one command is expected', 4, 'init_prompt: a\ncommands:\n  - "a\\n": b\n  - c\n'],
    ['a map with one command is expected', 3, 'init_prompt: a\ncommands:\n  - { a: b, c: d }\n'],
    ['a text is expected', 3, 'init_prompt: a\ncommands:\n  "a\\n": [b]\n'],
    ['a text is expected', 1, 'init_prompt: { a: b }\ncommands:\n  "a\\n": b\n'],
  ] as const) {
    it(`says that ${problem}, and where: ${JSON.stringify(text)}`, () => {
      expect(() => parseRecording(text, 'odd.yaml'))
        .to.throw(RecordingInvalid, `odd.yaml, line ${line}: ${problem}`)
        .that.includes({ file: 'odd.yaml', line });
    });
  }

  it('says where a file is no YAML', () => {
    expect(() => parseRecording('commands:\n  "a\\n": "b\n', 'odd.yaml')).to.throw(
      RecordingInvalid,
      /^odd\.yaml, line [23]: /,
    );
  });

  it('says that an empty file is none', () => {
    expect(() => parseRecording('', 'odd.yaml')).to.throw('odd.yaml, line 1: a map');
  });
});
