import { expect } from 'chai';
import { err, ok, type Result } from './result.ts';

const half = (n: number): Result<number, { kind: 'Odd'; n: number }> =>
  n % 2 === 0 ? ok(n / 2) : err({ kind: 'Odd', n });

describe('Result', () => {
  it('carries a value when the answer is yes', () => {
    expect(half(4)).to.deep.equal({ ok: true, value: 2 });
  });

  it('carries the refusal as data when the answer is no', () => {
    expect(half(3)).to.deep.equal({ ok: false, error: { kind: 'Odd', n: 3 } });
  });

  it('is ok with nothing to say', () => {
    expect(ok()).to.deep.equal({ ok: true, value: undefined });
  });
});
