import { contract } from '#kernel/testing';
import { expect } from 'chai';
import { Randomness } from '../ports/randomness.ts';

/** So many that three quarters of what is expected in a tenth of the range are more than ten standard deviations away. */
const DRAWS = 20_000;

/** What every {@link Randomness} promises. */
export const randomnessContract = contract(Randomness, (open: () => Randomness) => {
  const drawn = (): readonly number[] => {
    const randomness = open();
    return Array.from({ length: DRAWS }, () => randomness.fraction());
  };

  it('is never below 0, and always below 1', () => {
    const draws = drawn();

    expect(draws.filter((fraction) => fraction >= 0 && fraction < 1)).to.have.lengthOf(DRAWS);
  });

  it('is evenly spread', () => {
    const draws = drawn();

    const tenths = Array.from(
      { length: 10 },
      (_, tenth) => draws.filter((one) => Math.floor(one * 10) === tenth).length,
    );
    expect(Math.min(...tenths)).to.be.above((DRAWS / 10) * 0.75);
  });
});
