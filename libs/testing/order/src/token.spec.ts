import { cases } from '#testing/lifecycle';
import { fc } from '#testing/properties';
import { expect } from 'chai';
import { deviationsIn, tokenOf } from './token.ts';

describe('The token of an order', () => {
  it('is 0 where nobody deviates from the usual way', () => {
    expect(tokenOf([])).to.equal('0');
    expect(deviationsIn('0')).to.deep.equal([]);
  });

  it('names moments from 1 and options by letters, and by numbers behind the last letter', () => {
    const deviations = [
      { at: 3, option: 1 },
      { at: 8, option: 25 },
      { at: 9, option: 26 },
    ];

    expect(tokenOf(deviations)).to.equal('4b9z10_26_');
  });

  it('tells the same deviations again', () => {
    const deviation = fc.record({ at: fc.nat(10_000), option: fc.nat(60) });

    fc.assert(
      fc.property(fc.array(deviation), (deviations) => {
        expect(deviationsIn(tokenOf(deviations))).to.deep.equal(deviations);
      }),
    );
  });

  for (const [title, text] of cases('is not {case}', ['', '4', 'b', '4B', '4b ', '4bb', '00', '4_3', '-1b', '0b'])) {
    it(title, () => {
      expect(() => deviationsIn(text)).to.throw(
        'is no order: one looks like 4b9c, and is printed where an order fails.',
      );
    });
  }
});
