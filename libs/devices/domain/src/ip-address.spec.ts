import { expect } from 'chai';
import { fc } from '#testing/properties';
import { isIpv4, isIpv6 } from './ip-address.ts';

/** Says what the URL standard says, in which a host in brackets is an IPv6 address and nothing else. */
const isIpv6InUrl = (text: string): boolean => URL.canParse(`http://[${text}]/`);

describe('isIpv4', () => {
  it('accepts every address', () => {
    fc.assert(fc.property(fc.ipV4(), isIpv4));
  });

  for (const text of [
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.256',
    '01.2.3.4',
    '1.2.3.',
    '1.2.3.+4',
    ' 1.2.3.4',
    '0x1.2.3.4',
    '',
  ]) {
    it(`refuses "${text}"`, () => {
      expect(isIpv4(text)).to.equal(false);
    });
  }
});

describe('isIpv6', () => {
  it('accepts every address, however it is shortened', () => {
    fc.assert(fc.property(fc.ipV6(), isIpv6));
  });

  it('accepts and refuses as the URL standard does', () => {
    const piece = fc.constantFrom(':', '::', ':', '0', 'ab', 'FFFF', '12345', 'g', '1.2.3.4', '1.2.3', '.');
    const text = fc.array(piece, { maxLength: 18 }).map((pieces) => pieces.join(''));

    fc.assert(
      fc.property(fc.oneof(text, fc.ipV6()), (candidate) => {
        expect(isIpv6(candidate)).to.equal(isIpv6InUrl(candidate));
      }),
      {
        numRuns: 500,
        examples: [['::'], ['1:2:3:4::5:6:7:8'], ['1::2:3:4:5:6:7'], ['1.2.3.4::'], ['::1.2.3.4'], [':::']],
      },
    );
  });

  for (const text of ['', 'fe80::1%eth0', '[::1]', '::1/64', '1:2:3:4:5:6:7', '::ffff:1.2.3.04', '1::2::3']) {
    it(`refuses "${text}"`, () => {
      expect(isIpv6(text)).to.equal(false);
    });
  }
});
