import { expect } from 'chai';
import { modelNamed } from './device-models.ts';
import { significantText } from './significant-text.ts';

const significant = (name: string, text: string): string => significantText(modelNamed(name)!, text);

const pairs = {
  ios: [
    'Current configuration : 100 bytes\n! Last configuration change at 09:00 by alice\nhostname r1\nend\n',
    'Current configuration : 200 bytes\n! Last configuration change at 10:00 by bob\nhostname r1\nend\n',
  ],
  nxos: ['!Time: Mon Jan  5 09:00:00 2026\nhostname sw1\n', '!Time: Tue Jan  6 09:00:00 2026\nhostname sw1\n'],
  eos: ['! Time: Mon Jan  5 09:00:00 2026\nhostname sw1\nend\n', '! Time: Tue Jan  6\nhostname sw1\nend\n'],
  junos: ['## Last commit: 2026-01-05 by alice\nversion 22;\n', '## Last commit: 2026-01-06 by bob\nversion 22;\n'],
  routeros: [
    '# 2026-01-05 09:00:00 by RouterOS 7.16\n# poe-out status: short_circuit\n/ip dns\n',
    '# 2026-01-06 10:00:00 by RouterOS 7.16\n/ip dns\n',
  ],
} as const;

describe('The significant text', () => {
  for (const [name, [before, after]] of Object.entries(pairs)) {
    it(`of ${name} stays the same as time goes by`, () => {
      expect(significant(name, after)).to.equal(significant(name, before));
    });

    it(`of ${name} changes with any other line`, () => {
      expect(significant(name, `${before}one more\n`)).to.not.equal(significant(name, before));
    });
  }

  it('is everything where nothing is volatile', () => {
    expect(significant('openssh-linux', '### uname -n\nhost\n')).to.equal('### uname -n\nhost\n');
  });
});
