import { expect } from 'chai';
import { EndRate } from './end-rate.ts';

describe('The rate of ends', () => {
  it('leaves out the first jobs, and the time they took', () => {
    const rate = new EndRate(10);

    rate.add({ count: 10, at: 5_000 });
    rate.add({ count: 30, at: 5_100 });

    expect(rate.perSecond()).to.equal(300);
  });

  it('begins behind the whole report in which the last of the first jobs ended', () => {
    const rate = new EndRate(10);

    rate.add({ count: 8, at: 1_000 });
    rate.add({ count: 8, at: 2_000 });
    rate.add({ count: 8, at: 3_000 });

    expect(rate.perSecond()).to.equal(8);
  });

  it('takes reports that overtake each other for what they say', () => {
    const rate = new EndRate(1);

    rate.add({ count: 1, at: 1_000 });
    rate.add({ count: 6, at: 3_000 });
    rate.add({ count: 4, at: 2_000 });

    expect([rate.ended, rate.perSecond()]).to.deep.equal([11, 5]);
  });

  it('is refused when nothing ended after the first jobs', () => {
    const rate = new EndRate(5);

    rate.add({ count: 5, at: 1_000 });

    expect(() => rate.perSecond()).to.throw('Nothing was measured.');
  });
});
