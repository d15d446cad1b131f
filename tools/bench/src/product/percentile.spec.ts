import { expect } from 'chai';
import { percentile } from './percentile.ts';

describe('A percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);

  it('is a value that was measured, which so many do not exceed', () => {
    expect([0.5, 0.95, 0.99].map((share) => percentile(hundred, share))).to.deep.equal([50, 95, 99]);
  });

  it('is the least or the greatest value at the ends', () => {
    expect([0, 1].map((share) => percentile(hundred, share))).to.deep.equal([1, 100]);
  });

  it('compares numbers, not their digits', () => {
    expect(percentile([9, 100, 10], 0.5)).to.equal(10);
  });

  it('is refused when nothing was measured', () => {
    expect(() => percentile([], 0.5)).to.throw('Nothing was measured.');
  });
});
