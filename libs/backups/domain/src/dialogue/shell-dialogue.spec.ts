import { expect } from 'chai';
import { aoscx } from '../models/aoscx.ts';
import { eos } from '../models/eos.ts';
import { ios } from '../models/ios.ts';
import { nxos } from '../models/nxos.ts';
import { CLOSED, lead, QUIET, SILENCE } from '../testing/scripted-device.ts';
import type { DialogueEvent } from './dialogue.ts';
import { ShellDialogue } from './shell-dialogue.ts';

type Script = readonly (string | DialogueEvent)[];

const LIMIT = 10_000;
const withIos = (script: Script) => lead(new ShellDialogue(ios, LIMIT), script);
const withNxos = (script: Script) => lead(new ShellDialogue(nxos, LIMIT), script);
const withEos = (script: Script) => lead(new ShellDialogue(eos, LIMIT), script);

const IOS_PREPARED = ['r1#', 'terminal length 0\r\nr1#', 'terminal width 0\r\nr1#'];
const IOS_ANSWER = 'show running-config\r\nversion 17\r\nend\r\n\r\nr1#';
const NXOS_PREPARED = ['\r\nsw1# ', 'terminal length 0\r\n\rsw1# '];

describe('A dialogue at a prompt', () => {
  it('types the commands of the model one after the other, and ends with the configuration', () => {
    const { last, typed } = withIos([...IOS_PREPARED, IOS_ANSWER, QUIET, CLOSED]);

    expect(typed).to.deep.equal(['terminal length 0\n', 'terminal width 0\n', 'show running-config\n', 'exit\n']);
    expect(last).to.deep.equal({ kind: 'done', configuration: { text: 'version 17\nend\n' } });
  });

  it('does not mind a device that does not know how it is prepared', () => {
    const refusal = "terminal length 0\r\n ^\r\n% Invalid input detected at '^' marker.\r\n\r\nr1#";

    const { last } = withIos(['r1#', refusal, 'terminal width 0\r\nr1#', IOS_ANSWER, QUIET, CLOSED]);

    expect(last.kind).to.equal('done');
  });

  it('takes no row of signs in a banner for the prompt', () => {
    const { typed } = withIos(['\r\n#####', '\r\n### Keep out ###']);

    expect(typed).to.deep.equal([]);
  });

  it('learns from the echo that it took a line of the banner for the prompt', () => {
    const late = '\r\nr1#terminal length 0\r\nr1#';

    const { last } = withIos(['Do not touch\r\nr2#', late, 'terminal width 0\r\nr1#', IOS_ANSWER, QUIET, CLOSED]);

    expect(last.kind).to.equal('done');
  });

  it('learns the prompt from the first command where there is nothing to prepare', () => {
    const answer = `\r\nsw1#${eos.command}\r\n! device\r\nend\r\nsw1#`;

    const { last } = withEos(['other#', answer, QUIET, 'exit\r\n', CLOSED]);

    expect(last).to.deep.equal({ kind: 'done', configuration: { text: '! device\nend\n' } });
  });

  it('reads an answer without an echo', () => {
    const { last } = withIos(['r1#', '\r\nr1#', '\r\nr1#', '\r\nversion 17\r\nend\r\nr1#', QUIET, CLOSED]);

    expect(last).to.deep.equal({ kind: 'done', configuration: { text: 'version 17\nend\n' } });
  });

  it('reads an answer below a folded echo', () => {
    const folded = 'show runn\r\ning-config\r\nversion 17\r\nend\r\nr1#';

    const { last } = withIos([...IOS_PREPARED, folded, QUIET, CLOSED]);

    expect(last).to.deep.equal({ kind: 'done', configuration: { text: 'version 17\nend\n' } });
  });

  it('does not guess where the answer begins', () => {
    const scrolled = '$ running-config\r\nversion 17\r\nend\r\nr1#';

    const { last } = withIos([...IOS_PREPARED, scrolled, QUIET, CLOSED]);

    expect(last).to.have.nested.property('failure.kind', 'AnswerGarbled');
  });

  it('presses the key of a pager once per page', () => {
    const pages = [
      'show running-config\r\nversion 17\r\n --More--',
      ' ',
      '\b\b\b \b\b\bend\r\n --More-- ',
      '\r   \r\r\nr1#',
    ];

    const { last, typed } = withIos([...IOS_PREPARED, ...pages, QUIET, CLOSED]);

    expect(typed.slice(3)).to.deep.equal([' ', ' ', 'exit\n']);
    expect(last).to.deep.equal({ kind: 'done', configuration: { text: 'version 17\nend\n' } });
  });

  it('does not take the prompt for the end where the end marker is missing', () => {
    const { last, typed } = withIos([...IOS_PREPARED, 'show running-config\r\nversion 17\r\nr1#', QUIET, SILENCE]);

    expect(typed).to.not.include('exit\n');
    expect(last).to.deep.equal({
      kind: 'failed',
      failure: {
        kind: 'ConfigurationIncomplete',
        reason: 'the prompt came back without the line "end" before it',
      },
    });
  });

  it('keeps no answer in which it typed something else', () => {
    const banner = ['\r\nsw1# ', '\r\nsw1# ', 'terminal length 0\r\nsw1# show running-config\r\n'];
    const again = 'banner\r\nsw1# show running-config\r\nversion 10\r\nsw1# ';

    const { last } = withNxos([...banner, again, QUIET, 'exit\r\n', CLOSED]);

    expect(last).to.have.nested.property('failure.kind', 'AnswerGarbled');
  });

  it('takes the blank of a prompt that comes late for no answer', () => {
    const { typed } = withNxos(['\r\nsw1#', ' ', '\r']);

    expect(typed).to.deep.equal(['terminal length 0\n']);
  });

  it('tells a command that was rejected from an answer', () => {
    const rejection = "show running-config\r\n   ^\r\n% Invalid input detected at '^' marker.\r\n\r\nr1#";

    const { last } = withIos([...IOS_PREPARED, rejection, QUIET]);

    expect(last).to.deep.equal({
      kind: 'failed',
      failure: {
        kind: 'CommandRejected',
        command: 'show running-config',
        answer: "% Invalid input detected at '^' marker.",
      },
    });
  });

  it('finds words of a rejection in the middle of a configuration harmless', () => {
    const banner = `${'!\r\n'.repeat(20)}% Invalid command\r\n`;

    const { last } = withNxos([
      ...NXOS_PREPARED,
      `show running-config\r\n!Command: show running-config\r\n${banner}\r\n\rsw1# `,
      QUIET,
      'exit\r\n',
      CLOSED,
    ]);

    expect(last.kind).to.equal('done');
  });

  it('is not slowed down by a device that shows its prompt for ever', () => {
    const dialogue = new ShellDialogue(ios, 10_000_000);
    lead(dialogue, IOS_PREPARED);
    const started = process.cpuUsage().user;

    for (let shown = 0; shown < 50_000; shown += 1) dialogue.after({ kind: 'text', text: 'x\r\nr1#', bytes: 6 });

    expect(process.cpuUsage().user - started).to.be.below(500_000);
  });

  for (const [model, prepared, header] of [
    [nxos, NXOS_PREPARED, '!Command: show running-config'],
    [aoscx, ['sw1# ', 'no page\r\nsw1# '], 'Current configuration:'],
  ] as const) {
    it(`accepts no answer of ${model.name} whose first lines are missing`, () => {
      const answered = (text: string) =>
        lead(new ShellDialogue(model, LIMIT), [
          ...prepared,
          `${model.command}\r\n${text}hostname sw1\r\nsw1# `,
          QUIET,
          'exit\r\n',
          CLOSED,
        ]).last;

      expect(answered(`${header}\r\n`).kind).to.equal('done');
      for (const cut of ['', 'version 10\r\n', `${header.slice(1)}\r\n`]) {
        expect(answered(cut)).to.deep.equal({
          kind: 'failed',
          failure: {
            kind: 'ConfigurationIncomplete',
            reason: `the answer does not begin with the line "${header}"`,
          },
        });
      }
    });
  }

  it('accepts no empty configuration', () => {
    const { last } = withNxos([...NXOS_PREPARED, 'show running-config\r\n\r\n\rsw1# ', QUIET, 'exit\r\n', CLOSED]);

    expect(last).to.have.nested.property('failure.reason', 'the answer is empty');
  });

  it('accepts no garbled configuration, but does not mind a bell in the banner', () => {
    const garbled = IOS_ANSWER.replace('version', 'ver\x01sion');

    const bell = withIos(['\x07Welcome\r\n', ...IOS_PREPARED, IOS_ANSWER, QUIET, CLOSED]);
    const noise = withIos([...IOS_PREPARED, garbled, QUIET, CLOSED]);

    expect(bell.last.kind).to.equal('done');
    expect(noise.last).to.have.nested.property('failure.kind', 'AnswerGarbled');
  });

  it('takes no more than it is allowed to', () => {
    const { last } = withIos([...IOS_PREPARED, 'x'.repeat(LIMIT)]);

    expect(last).to.deep.equal({ kind: 'failed', failure: { kind: 'AnswerTooLong', limitBytes: LIMIT } });
  });

  for (const [waitingFor, script] of [
    ['the prompt', ['Welcome']],
    ['the answer to "terminal length 0"', ['r1#', 'termi']],
    ['the answer to "show running-config"', [...IOS_PREPARED, 'show run']],
    ['the end of the session after "exit"', [...IOS_PREPARED, IOS_ANSWER, QUIET]],
  ] as const) {
    it(`says that it waited for ${waitingFor}`, () => {
      const { last } = withIos([...script, SILENCE]);

      expect(last).to.deep.equal({ kind: 'failed', failure: { kind: 'DeviceStalled', waitingFor } });
    });
  }
});
