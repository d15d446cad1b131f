import { expect } from 'chai';
import { parseRecording } from '../recording/parse-recording.ts';
import { personalityOf } from './personality.ts';
import { RecordedShell } from './recorded-shell.ts';

const switchAtPrompt = parseRecording(
  [
    'init_prompt: |-',
    '  Welcome to lab-1#',
    '  lab-1#',
    'commands:',
    '  - "show clock\\n": "show clock\\n10:00\\nlab-1#"',
    '  - "show clock\\n": "show clock\\n10:01\\nlab-1#"',
    '  - "show running-config\\n": "show running-config\\na\\nb\\nc\\nend\\nlab-1#"',
    '  - "configure\\n": "configure\\nlab-1(config)#"',
    '  - "end\\n": "end\\nlab-1#"',
    '  - "exit\\n": "exit\\n"',
  ].join('\n'),
  'ios--lab.yaml',
);
const ios = personalityOf('ios');

const shellOf = (lines?: number): RecordedShell =>
  new RecordedShell(switchAtPrompt, ios, lines === undefined ? null : { lines });

describe('RecordedShell', () => {
  it('greets with what was recorded, in lines of a terminal', () => {
    expect(shellOf().greeting()).to.equal('Welcome to lab-1#\r\nlab-1#');
  });

  it('answers a line once it is entered, however the keys arrive', () => {
    const shell = shellOf();

    const outputs = [...'show clock\r\n'].map((key) => shell.type(key).text);

    expect(outputs.join('')).to.equal('show clock\r\n10:00\r\nlab-1#');
  });

  it('answers a command that occurs twice in the order of the recording, and then from the beginning', () => {
    const shell = shellOf();

    const { text, ran } = shell.type('show clock\nshow clock\nshow clock\n');

    expect(text.match(/10:0\d/g)).to.deep.equal(['10:00', '10:01', '10:00']);
    expect(ran).to.deep.equal(['show clock', 'show clock', 'show clock']);
  });

  it('begins anew where the rest of the recording does not hold the command', () => {
    const shell = shellOf();

    const { text } = shell.type('show clock\nshow running-config\nshow clock\n');

    expect(text.match(/10:0\d/g)).to.deep.equal(['10:00', '10:00']);
  });

  it('shows the latest prompt after an empty line and after an unknown command', () => {
    const shell = shellOf();

    const { text } = shell.type('configure\n\nfrobnicate\n');

    expect(text).to.equal(
      [
        'configure\r\nlab-1(config)#\r\nlab-1(config)#frobnicate\r\n',
        "            ^\r\n% Invalid input detected at '^' marker.\r\n\r\nlab-1(config)#",
      ].join(''),
    );
  });

  it('closes after the logout, and hears nothing after it', () => {
    const shell = shellOf();

    const first = shell.type('exit\nshow clock\n');
    const second = shell.type('show clock\n');

    expect(first).to.deep.equal({ text: 'exit\r\n', ran: ['exit'], closes: true });
    expect(second).to.deep.equal({ text: '', ran: [], closes: true });
  });

  it('closes on a logout that was not recorded', () => {
    expect(shellOf().type('quit\n')).to.deep.equal({ text: 'quit\r\n', ran: ['quit'], closes: true });
  });

  it('stays open when a recorded exit only leaves a mode', () => {
    const shell = new RecordedShell({ ...switchAtPrompt, exchanges: [{ typed: 'exit', answer: 'exit\nlab-1#' }] }, ios);

    expect(shell.type('exit\n')).to.deep.equal({ text: 'exit\r\nlab-1#', ran: ['exit'], closes: false });
  });

  it('does not double a carriage return that was recorded', () => {
    const recording = { ...switchAtPrompt, initPrompt: 'a\r\nb\r\r\nc\n\rlab-1# ' };

    expect(new RecordedShell(recording, ios).greeting()).to.equal('a\r\nb\r\r\nc\r\n\rlab-1# ');
  });

  describe('with a pager', () => {
    const MORE = ' --More-- ';
    const ERASED = '\b'.repeat(10) + ' '.repeat(10) + '\b'.repeat(10);

    it('stops after each page until a space is typed, and prompts at the end', () => {
      const shell = shellOf(3);

      const first = shell.type('show running-config\n');
      const second = shell.type(' ');

      expect(first.text).to.equal(`show running-config\r\na\r\nb\r\nc\r\n${MORE}`);
      expect(second.text).to.equal(`${ERASED}end\r\nlab-1#`);
    });

    it('shows one more line for return, ignores other keys, and takes q for an end', () => {
      const shell = shellOf(1);

      const outputs = ['show running-config\n', '\r', 'x', 'q'].map((keys) => shell.type(keys).text);

      expect(outputs).to.deep.equal([
        `show running-config\r\na\r\n${MORE}`,
        `${ERASED}b\r\n${MORE}`,
        '',
        `${ERASED}lab-1#`,
      ]);
    });
  });

  describe('of a device that was recorded without a terminal', () => {
    const bare = parseRecording(
      'init_prompt:\ncommands:\n  "uname -n\\n": host-1\n  "exit\\n": ""\n',
      'openssh-linux--a.yaml',
    );

    it('adds echo and prompt', () => {
      const shell = new RecordedShell(bare, personalityOf(bare.model));

      expect(shell.greeting()).to.equal('$ ');
      expect(shell.type('uname -n\n').text).to.equal('uname -n\r\nhost-1\r\n$ ');
      expect(shell.type('exit\n')).to.deep.equal({ text: 'exit\r\n', ran: ['exit'], closes: true });
    });
  });
});
