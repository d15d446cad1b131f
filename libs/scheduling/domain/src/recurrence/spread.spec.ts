import { expect } from 'chai';
import { spread } from './spread.ts';

describe('spread', () => {
  it('gives the same number for the same text, today and always', () => {
    expect(spread('schedule 1')).to.equal(spread('schedule 1')).and.not.equal(spread('schedule 2'));
    expect(spread('')).to.equal(0);
  });

  it('spreads similar texts evenly', () => {
    const tenths = Array.from({ length: 10 }, () => 0);

    for (let number = 0; number < 10_000; number += 1) tenths[Math.floor(spread(`schedule ${number}`) * 10)]! += 1;

    for (const count of tenths) expect(count).to.be.within(850, 1_150);
  });
});
