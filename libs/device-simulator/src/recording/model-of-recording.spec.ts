import { expect } from 'chai';
import { modelOfRecording } from './model-of-recording.ts';

describe('modelOfRecording', () => {
  for (const [file, model] of [
    ['ios--C9200L-24P-4G_17.09.04a.yaml', 'ios'],
    ['nxos#N5548--7.3.13.yaml', 'nxos'],
    ['openssh-linux--jump-host.yaml', 'openssh-linux'],
    ['/some--folder/eos--lab.yaml', 'eos'],
    ['lab.yaml', null],
    ['--lab.yaml', null],
    ['#lab.yaml', null],
  ] as const) {
    it(`finds ${model ?? 'no model'} in ${file}`, () => {
      expect(modelOfRecording(file)).to.equal(model);
    });
  }
});
