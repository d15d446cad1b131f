import { expect } from 'chai';
import { describeProof } from './describe-proof.ts';
import { deviceModels, modelNamed } from './device-models.ts';
import { redactSecrets } from './redact-secrets.ts';
import { significantText } from './significant-text.ts';

describe('The device models', () => {
  it('are found by their names, which are in alphabetical order', () => {
    const names = deviceModels.map(({ name }) => name);

    expect(names).to.deep.equal(names.toSorted());
    expect(names.map(modelNamed)).to.deep.equal(deviceModels);
    expect(modelNamed('IOS')).to.equal(null);
  });

  it('say what proves that a configuration is complete', () => {
    expect(Object.fromEntries(deviceModels.map((model) => [model.name, describeProof(model)]))).to.deep.equal({
      aoscx: 'header line + prompt + echo of the logout + close',
      eos: 'the line `end` + prompt + close',
      ios: 'the line `end` + prompt + close',
      junos: 'balanced braces + exit status 0 + end of file + close',
      nxos: 'header line + prompt + echo of the logout + close',
      'openssh-linux': 'exit status 0 + end of file + close of every command',
      routeros: 'header line + exit status 0 + end of file + close',
    });
  });

  it('use no pattern that remembers where it stopped', () => {
    const onLines = deviceModels.flatMap((model) => [
      ...model.rejections,
      ...model.volatile,
      ...(model.mode === 'shell' ? [model.prompt, ...model.pagers.map(({ line }) => line)] : []),
    ]);

    expect(onLines.filter(({ global, sticky }) => global || sticky)).to.deep.equal([]);
  });

  it('read a line of any kind in a time that grows with its length only', () => {
    // What took the square of the time would take minutes.
    const long = 50_000;
    const bad = ['a', ' ', '-', '"', ' password', ' key 1', '://a:', 'host 1 ', '=\\\n', '0'].map((unit) =>
      unit.repeat(long / unit.length),
    );
    const prefixes = ['', 'snmp-server host ', 'username ', '  description ', 'password="', 'tacacs-server host '];
    for (const line of bad.flatMap((text) => prefixes.map((prefix) => prefix + text))) {
      for (const model of deviceModels) {
        const started = process.cpuUsage().user;

        redactSecrets(model, line);
        significantText(model, line);

        expect(process.cpuUsage().user - started, `${model.name}: ${line.slice(0, 30)}`).to.be.below(500_000);
      }
    }
  });
});
