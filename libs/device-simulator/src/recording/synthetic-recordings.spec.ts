import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { configurationCommandOf } from './configuration-command.ts';
import { syntheticRecordings } from './synthetic-recordings.ts';

const MODELS = ['aoscx', 'eos', 'ios', 'junos', 'nxos', 'openssh-linux', 'routeros'];
const FOLDER = join(import.meta.dirname, '..', '..', 'recordings');
const MARK = '# Synthetic: written by hand for Lockstep, not taken from a device.\n';

describe('The synthetic recordings', () => {
  it('hold one dialogue for every device model', async () => {
    const recordings = await syntheticRecordings();

    expect([...new Set(recordings.map(({ model }) => model))]).to.deep.equal(MODELS);
  });

  it('say in their first line that they are synthetic', async () => {
    const recordings = await syntheticRecordings();
    const texts = await Promise.all(recordings.map(({ name }) => readFile(join(FOLDER, name), 'utf8')));

    expect(texts.filter((text) => !text.startsWith(MARK))).to.deep.equal([]);
  });

  it('show configurations of the size that people read, with something to hide in each', async () => {
    const recordings = await syntheticRecordings();

    const small = recordings.filter(
      ({ exchanges }) =>
        exchanges
          .map(({ answer }) => answer)
          .join('\n')
          .split('\n').length < 60,
    );
    const open = recordings.filter(({ exchanges }) => !exchanges.some(({ answer }) => /synthetic/i.test(answer)));

    expect(small.map(({ name }) => name)).to.deep.equal([]);
    expect(open.map(({ name }) => name)).to.deep.equal([]);
  });

  it('hold prompts where a terminal has none, but for the devices without a terminal', async () => {
    const recordings = await syntheticRecordings();

    const hard = recordings.filter((recording) => {
      const command = configurationCommandOf(recording);
      const answer = recording.exchanges.find(({ typed }) => typed === command)?.answer ?? '';
      const prompt = recording.initPrompt?.split('\n').at(-1)?.trim() ?? '\0';
      return answer.trimEnd().slice(0, -prompt.length).includes(prompt);
    });

    expect(hard.map(({ model }) => model)).to.deep.equal(['aoscx', 'eos', 'ios', 'junos', 'nxos']);
  });
});
