import { expect } from 'chai';
import type { DeviceOutcome } from './round.ts';
import { outcomeLine, outcomeTable, summarize } from './summary.ts';

const stored: DeviceOutcome = {
  device: 'core-1',
  model: 'ios',
  attempts: 1,
  kind: 'stored',
  versionId: 'v1',
  bytes: 1200,
};
const unchanged: DeviceOutcome = { ...stored, kind: 'unchanged' };
const failed: DeviceOutcome = {
  device: 'edge-1',
  model: 'eos',
  attempts: 3,
  kind: 'failed',
  reason: 'The line went dead.',
};

describe('the summary of a demo run', () => {
  it('adds up the outcomes of all rounds', () => {
    const summary = summarize(2, [stored, failed, unchanged], [{ device: 'core-1', diff: '-a\n+b\n' }], 1234.6);

    expect(summary).to.deep.equal({
      devices: 2,
      stored: 1,
      unchanged: 1,
      failed: 1,
      failures: [{ device: 'edge-1', reason: 'The line went dead.' }],
      changed: [{ device: 'core-1', diff: '-a\n+b\n' }],
      durationMs: 1235,
    });
  });

  it('shows every device with its outcome, and why it failed', () => {
    const lines = outcomeTable([stored, failed]).split('\n');

    expect(lines[2]).to.match(/^core-1 +ios +stored +1200$/);
    expect(lines[3]).to.match(/^edge-1 +eos +failed +The line went dead\.$/);
  });

  it('says in one line how a device fared', () => {
    expect(outcomeLine(stored)).to.equal('core-1 (ios) stored (1200 bytes)');
    expect(outcomeLine(failed)).to.equal('edge-1 (eos) failed: The line went dead.');
  });
});
