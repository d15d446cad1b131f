import { expect } from 'chai';
import { configurationCommandOf } from './configuration-command.ts';

const LONG = 'x'.repeat(100);
const recordingOf = (answers: Record<string, string>) => ({
  name: 'lab.yaml',
  model: null,
  initPrompt: null,
  exchanges: Object.entries(answers).map(([typed, answer]) => ({ typed, answer })),
});

describe('configurationCommandOf', () => {
  for (const command of [
    'show running-config',
    'show running-config | no-more | exclude ! Time:',
    'show configuration | display omit',
    '/export show-sensitive',
  ]) {
    it(`is ${command}, however long other answers are`, () => {
      expect(configurationCommandOf(recordingOf({ 'show version': LONG, [command]: 'x' }))).to.equal(command);
    });
  }

  it('is the command with the longest answer where none says that it is', () => {
    expect(configurationCommandOf(recordingOf({ 'uname -n': 'x', 'cat /etc/hosts': LONG, exit: '' }))).to.equal(
      'cat /etc/hosts',
    );
  });

  it('is missing in a recording without commands', () => {
    expect(() => configurationCommandOf(recordingOf({}))).to.throw('lab.yaml holds no command.');
  });
});
