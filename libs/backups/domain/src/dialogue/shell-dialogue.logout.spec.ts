import { expect } from 'chai';
import { ios } from '../models/ios.ts';
import { nxos } from '../models/nxos.ts';
import { CLOSED, lead, LOST, QUIET, SILENCE } from '../testing/scripted-device.ts';
import type { DialogueEvent } from './dialogue.ts';
import { ShellDialogue } from './shell-dialogue.ts';

type Script = readonly (string | DialogueEvent)[];

const LIMIT = 10_000;
const withIos = (script: Script) => lead(new ShellDialogue(ios, LIMIT), script);
const withNxos = (script: Script) => lead(new ShellDialogue(nxos, LIMIT), script);

const IOS_PREPARED = ['r1#', 'terminal length 0\r\nr1#', 'terminal width 0\r\nr1#'];
const IOS_ANSWER = 'show running-config\r\nversion 17\r\nend\r\n\r\nr1#';
const NXOS_PREPARED = ['\r\nsw1# ', 'terminal length 0\r\n\rsw1# '];
const NXOS_HEADER = '!Command: show running-config';
const NXOS_ANSWER = `show running-config\r\n${NXOS_HEADER}\r\nversion 10\r\n\r\n\rsw1# `;

describe('The logout of a dialogue at a prompt', () => {
  it('is typed only when the prompt has stood through a quiet', () => {
    const before = withIos([...IOS_PREPARED, IOS_ANSWER]);
    const elsewhere = withIos([...IOS_PREPARED, 'show running-config\r\nbanner\r\nend\r\nr1#', '\r\nmore', QUIET]);

    expect(before.last).to.deep.equal({ kind: 'pause' });
    expect([...before.typed, ...elsewhere.typed]).to.not.include('exit\n');
  });

  it('is typed after a long silence as after a short quiet', () => {
    const { typed } = withIos([...IOS_PREPARED, IOS_ANSWER, SILENCE]);

    expect(typed).to.include('exit\n');
  });

  it('is typed once, however often it is quiet', () => {
    const { typed } = withIos([...IOS_PREPARED, IOS_ANSWER, QUIET, QUIET]);

    expect(typed.filter((text) => text === 'exit\n').length).to.equal(1);
  });

  it('is not led astray by the prompt in the middle of the configuration', () => {
    const [beginning, rest] = [`show running-config\r\n${NXOS_HEADER}\r\nbanner\r\nsw1# `, '\r\nversion 10\r\n\rsw1# '];

    const { last, typed } = withNxos([...NXOS_PREPARED, beginning, rest, QUIET, 'exit\r\n', CLOSED]);

    expect(typed.filter((text) => text === 'exit\n').length).to.equal(1);
    expect(last).to.deep.equal({
      kind: 'done',
      configuration: { text: `${NXOS_HEADER}\nbanner\nsw1# \nversion 10\n` },
    });
  });

  for (const [what, afterwards] of [
    ['the connection is lost', ['exit\r\n', LOST]],
    ['the logout is not echoed', [CLOSED]],
    ['the echo of the logout is cut off', ['exi', CLOSED]],
    ['the device goes on after its prompt', ['\r\nmore', CLOSED]],
    ['the device goes on after the logout', ['exit\r\nmore\r\n', CLOSED]],
  ] as const) {
    it(`does not believe a model without an end marker when ${what}`, () => {
      const { last } = withNxos([...NXOS_PREPARED, NXOS_ANSWER, QUIET, ...afterwards]);

      expect(last).to.have.nested.property('failure.kind', 'ConfigurationIncomplete');
    });
  }

  for (const [what, begun, rest] of [
    ['and is echoed at once', 'banner\r\nend\r\n', 'exit\r\nversion 10\r\nend\r\n'],
    ['and is echoed at the end only', 'banner\r\nend\r\n', '\r\nversion 10\r\nend\r\n'],
    ['and is echoed further down', 'banner\r\nend\r\n', '\r\nversexit\r\nion 10\r\nend\r\n'],
  ] as const) {
    it(`believes no device that goes on after a stall in its banner, when the logout was typed ${what}`, () => {
      const answer = (prompt: string) => [
        `show running-config\r\n${NXOS_HEADER}\r\n${begun}${prompt}`,
        QUIET,
        `${rest}${prompt}`,
      ];

      const outcomes = [
        withIos([...IOS_PREPARED, ...answer('r1#'), 'exit\r\n', CLOSED]),
        withIos([...IOS_PREPARED, ...answer('r1#'), CLOSED]),
        withNxos([...NXOS_PREPARED, ...answer('sw1# '), 'exit\r\n', CLOSED]),
      ];

      for (const { last, typed } of outcomes) {
        expect(typed).to.include('exit\n');
        expect(last).to.have.nested.property('failure.kind', 'ConfigurationIncomplete');
      }
    });
  }

  for (const [what, lastWords] of [
    ['before anybody logged out', ['show running-config\r\nbanner\r\nsw1# exit\r\n', CLOSED]],
    ['behind another text than the prompt', [NXOS_ANSWER, QUIET, '\r\nbye:exit\r\n', CLOSED]],
  ] as const) {
    it(`does not take the word for the logout ${what}`, () => {
      const { last } = withNxos([...NXOS_PREPARED, ...lastWords]);

      expect(last).to.have.nested.property('failure.kind', 'ConfigurationIncomplete');
    });
  }

  it('looks for the end marker again when the device goes on after its prompt', () => {
    const { last } = withIos([...IOS_PREPARED, IOS_ANSWER, '\r\nmore\r\nr1#', QUIET, SILENCE]);

    expect(last).to.have.nested.property('failure.reason', 'the prompt came back without the line "end" before it');
  });

  it('believes a model without an end marker when the prompt answers the logout', () => {
    const { last } = withNxos([...NXOS_PREPARED, NXOS_ANSWER, QUIET, 'exit\r\n', CLOSED]);

    expect(last).to.deep.equal({ kind: 'done', configuration: { text: `${NXOS_HEADER}\nversion 10\n` } });
  });
});
