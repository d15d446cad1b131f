import { expect } from 'chai';
import { rounded, times } from './rounded.ts';

describe('Figures in a table', () => {
  it('have three digits, and no more than one behind the point', () => {
    expect([1_234.5, 123.45, 12.345, 1.2345, 0.04].map(rounded)).to.deep.equal([1_230, 123, 12.3, 1.2, 0]);
  });

  it('are compared as multiples', () => {
    expect([times(30, 10), times(1, 3)]).to.deep.equal(['x 3.00', 'x 0.33']);
  });
});
