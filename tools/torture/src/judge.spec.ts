import { expect } from 'chai';
import { nothingFound, type Finding } from './campaign.ts';
import { never, percentile, upperBound, within } from './judge.ts';

const clean: Finding = { ...nothingFound, trials: 300, reached: { 'lease lost': 5 } };

describe('A figure', () => {
  it('is met when nothing was broken, and what it is about did happen', () => {
    expect(never('jobs lost', clean, { 'lease lost': 5 }).met).to.equal(true);
  });

  it('is missed when something was broken', () => {
    const { met, result } = never('jobs lost', { ...clean, violations: ['a', 'b'] });

    expect([met, result]).to.deep.equal([false, '2']);
  });

  it('is not credible when what it is about happened too rarely', () => {
    const { met, result } = never('jobs lost', clean, { 'lease lost': 6 });

    expect(met).to.equal(false);
    expect(result).to.equal('0; not credible (lease lost: 5 instead of 6 or more)');
  });

  it('is missed when nothing was tried', () => {
    expect(never('jobs lost', nothingFound).met).to.equal(false);
  });

  it('is missed when nothing was measured, or when one limit was passed', () => {
    const sample = [1_000, 2_000, 3_000];

    expect(within('time', [], { max: 1 }).met).to.equal(false);
    expect(within('time', sample, { max: 2_999 }).met).to.equal(false);
    expect(within('time', sample, { p99: 2_999, max: 3_000 }).met).to.equal(false);
    expect(within('time', sample, { p99: 3_000, max: 3_000 }).met).to.equal(true);
  });

  it('says what a zero leaves possible', () => {
    const bounds = [200, 300, 1_000, 3_000].map((trials) => (upperBound(trials) * 100).toFixed(2));

    expect(bounds).to.deep.equal(['1.49', '0.99', '0.30', '0.10']);
  });

  it('takes the percentile that at least that share of the sample does not exceed', () => {
    const sample = Array.from({ length: 200 }, (_, index) => index + 1);

    expect([percentile(sample, 0.99), percentile(sample, 1), percentile([], 0.99)]).to.deep.equal([198, 200, 0]);
  });
});
