import { expect } from 'chai';
import { junos } from '../models/junos.ts';
import { opensshLinux } from '../models/openssh-linux.ts';
import { CLOSED, END_OF_FILE, lead, LOST, SILENCE, SUCCESS } from '../testing/scripted-device.ts';
import type { DialogueEvent } from './dialogue.ts';
import { ExecDialogue } from './exec-dialogue.ts';

const LIMIT = 1_000;
const ANSWER = 'version 22;\r\nsystem {\r\n    host-name r1;\r\n}\r\n';
const [COMMAND = ''] = junos.commands;
const withJunos = (script: readonly (string | DialogueEvent)[]) => lead(new ExecDialogue(junos, LIMIT), script);

describe('A dialogue of single commands', () => {
  it('ends with the configuration when all signs of its end have come, in whatever order', () => {
    const orders = [
      [ANSWER, SUCCESS, END_OF_FILE],
      [SUCCESS, ANSWER, END_OF_FILE],
      [ANSWER, END_OF_FILE, SUCCESS],
    ];

    const outcomes = orders.map((order) => withJunos([...order, CLOSED]).last);

    const whole = { kind: 'done', configuration: { text: 'version 22;\nsystem {\n    host-name r1;\n}\n' } };
    expect(outcomes).to.deep.equal([whole, whole, whole]);
  });

  for (const [what, script, reason] of [
    ['exit status', [ANSWER, END_OF_FILE, CLOSED], 'the channel was closed without an exit status'],
    ['end of file', [ANSWER, SUCCESS, CLOSED], 'the channel was closed without an end of file'],
    ['close', [ANSWER, SUCCESS, END_OF_FILE, LOST], 'the connection was lost'],
  ] as const) {
    it(`is not content without ${what}`, () => {
      expect(withJunos(script).last).to.deep.equal({
        kind: 'failed',
        failure: {
          kind: 'ConfigurationIncomplete',
          reason: `${reason} before the answer to "${COMMAND}" was over`,
        },
      });
    });
  }

  it('is not content with a text of another form than the model says', () => {
    const { last } = withJunos([ANSWER.replace('}', ''), SUCCESS, END_OF_FILE, CLOSED]);

    expect(last).to.have.nested.property('failure.reason', `the answer to "${COMMAND}" leaves 1 braces open`);
  });

  it('tells a rejected command by what the device says', () => {
    const { last } = withJunos(['error: unknown command: show\r\n', SUCCESS, END_OF_FILE, CLOSED]);

    expect(last).to.deep.equal({
      kind: 'failed',
      failure: { kind: 'CommandRejected', command: COMMAND, answer: 'error: unknown command: show' },
    });
  });

  it('tells a rejected command by its exit status', () => {
    const { last } = withJunos([ANSWER, { kind: 'exitStatus', status: 1 }, END_OF_FILE, CLOSED]);

    expect(last).to.have.nested.property('failure.answer', 'exit status 1');
  });

  it('accepts no garbled configuration', () => {
    const { last } = withJunos([ANSWER.replace('r1', 'r\ufffd'), SUCCESS, END_OF_FILE, CLOSED]);

    expect(last).to.have.nested.property('failure.kind', 'AnswerGarbled');
  });

  it('takes no more than it is allowed to', () => {
    const { last } = withJunos(['x'.repeat(LIMIT), 'x']);

    expect(last).to.deep.equal({ kind: 'failed', failure: { kind: 'AnswerTooLong', limitBytes: LIMIT } });
  });

  it('says what it waited for', () => {
    const { last } = withJunos([SILENCE]);

    expect(last).to.have.nested.property('failure.waitingFor', `the answer to "${COMMAND}"`);
  });

  it('puts the answers to several commands under their headings, and is done only after the last one', () => {
    const channel = (text: string) => [text, SUCCESS, END_OF_FILE, CLOSED];
    const answers = opensshLinux.commands.map((_, number) => `answer ${number}\n`);

    const { last, typed } = lead(new ExecDialogue(opensshLinux, LIMIT), answers.flatMap(channel));

    expect(typed).to.deep.equal(opensshLinux.commands.slice(1));
    const sections = opensshLinux.commands.map((command, number) => `### ${command}\nanswer ${number}\n`);
    expect(last).to.deep.equal({ kind: 'done', configuration: { text: sections.join('\n') } });
  });

  it('does not count a later command when an earlier one failed', () => {
    const { last, typed } = lead(new ExecDialogue(opensshLinux, LIMIT), ['host\n', SUCCESS, CLOSED]);

    expect(typed).to.deep.equal([]);
    expect(last.kind).to.equal('failed');
  });
});
