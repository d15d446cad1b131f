import { expect } from 'chai';
import { fc } from '#testing/properties';
import { readableReason } from './readable-reason.ts';

/** Any sequence of UTF-16 units, control characters and halves of pairs included. */
const anyText = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 50 })
  .map((units) => String.fromCharCode(...units));

describe('readableReason', () => {
  it('keeps a sentence as it is', () => {
    expect(readableReason('The device closed the connection.')).to.equal('The device closed the connection.');
  });

  it('makes one line of several, without what a terminal would obey', () => {
    expect(readableReason('\u001b[31mfirst\r\n\tsecond\u0000')).to.equal('[31mfirst second');
  });

  it('says so when there is nothing to say', () => {
    expect(readableReason(' \n ')).to.equal('No reason was given.');
  });

  it('is short, whatever it is given', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const reason = readableReason(text);

        expect(reason.length).to.be.within(1, 500);
        expect(reason).to.not.match(/\p{Cc}/u);
        expect(reason.isWellFormed()).to.equal(true);
      }),
      { examples: [['word '.repeat(200)], ['😀'.repeat(300)], ['x' + '😀'.repeat(300)]] },
    );
  });
});
