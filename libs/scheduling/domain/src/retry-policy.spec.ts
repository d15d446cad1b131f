import { expect } from 'chai';
import { fc } from '#testing/properties';
import { retryDelay } from './retry-policy.ts';

const policy = { baseMs: 1_000, capMs: 60_000 };
const failures = fc.integer({ min: 1, max: 10_000 });
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const almostOne = 1 - Number.EPSILON;

describe('retryDelay', () => {
  it('doubles its bound with every failure, up to the cap', () => {
    const bounds = [1, 2, 3, 6, 7, 8].map((count) => retryDelay(policy, { failures: count, random: almostOne }));

    expect(bounds).to.deep.equal([1_000, 2_000, 4_000, 32_000, 60_000, 60_000]);
  });

  it('spreads evenly between nothing and the bound', () => {
    const delays = [0, 0.25, 0.5, 0.75].map((fraction) => retryDelay(policy, { failures: 3, random: fraction }));

    expect(delays).to.deep.equal([0, 1_000, 2_000, 3_000]);
  });

  it('is a whole number of milliseconds within the cap, whatever it is given', () => {
    fc.assert(
      fc.property(failures, random, (count, fraction) => {
        const delay = retryDelay(policy, { failures: count, random: fraction });

        expect(Number.isInteger(delay) && delay >= 0 && delay <= policy.capMs).to.equal(true);
      }),
    );
  });
});
