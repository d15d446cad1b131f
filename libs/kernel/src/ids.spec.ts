import { expect } from 'chai';
import { parseId } from './ids.ts';

describe('parseId', () => {
  it('reads a UUID in either case as the same id', () => {
    const lower = parseId('0199d3a0-0000-7000-8000-00000000000a');
    const upper = parseId('0199D3A0-0000-7000-8000-00000000000A');

    expect(upper).to.deep.equal(lower);
    expect(lower).to.deep.equal({ ok: true, value: '0199d3a0-0000-7000-8000-00000000000a' });
  });

  for (const text of [
    '',
    '1',
    '0199d3a0-0000-7000-8000-00000000000',
    'g199d3a0-0000-7000-8000-00000000000a',
    ' 0199d3a0-0000-7000-8000-00000000000a',
  ]) {
    it(`refuses ${JSON.stringify(text)} and repeats it`, () => {
      expect(parseId(text)).to.deep.equal({ ok: false, error: { kind: 'InvalidId', text } });
    });
  }
});
