import { expect } from 'chai';
import { spreadOf } from './spread.ts';

describe('The spread of measurements', () => {
  it('has the middle value as its median', () => {
    expect(spreadOf([30, 10, 20])).to.deep.equal({ min: 10, median: 20, max: 30 });
  });

  it('has the mean of the two middle values when their number is even', () => {
    expect(spreadOf([40, 10, 20, 30]).median).to.equal(25);
  });

  it('compares numbers, not their digits', () => {
    expect(spreadOf([9, 100, 10])).to.deep.equal({ min: 9, median: 10, max: 100 });
  });

  it('is refused when nothing was measured', () => {
    expect(() => spreadOf([])).to.throw('Nothing was measured.');
  });
});
