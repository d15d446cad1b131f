import { expectErr, expectOk } from '#kernel/testing';
import { expect } from 'chai';
import { fc } from '#testing/properties';
import { DeviceAddress } from './device-address.ts';

describe('DeviceAddress', () => {
  for (const text of [
    '192.0.2.1',
    '2001:db8::1',
    '::ffff:192.0.2.1',
    'core-1',
    'core-1.example.net',
    'xn--bcher-kva.example',
  ]) {
    it(`accepts "${text}"`, () => {
      expect(expectOk(DeviceAddress.parse(text)).text).to.equal(text);
    });
  }

  it('lowers upper case', () => {
    expect(expectOk(DeviceAddress.parse('2001:DB8::A')).text).to.equal('2001:db8::a');
  });

  it('accepts every DNS name', () => {
    fc.assert(fc.property(fc.domain(), (text) => DeviceAddress.parse(text).ok));
  });

  const withMoreThanAHost = [
    'admin@core-1',
    'core-1:22',
    '[::1]',
    'ssh://core-1',
    'core-1/x',
    'fe80::1%eth0',
    '192.0.2.0/24',
  ];
  const asNumbers = [
    '127.1',
    '2130706433',
    '0x7f000001',
    '0x7f.0.0.0x1',
    '192.0.2.256',
    '192.0.2.01',
    'core.0x',
    'core.9',
  ];
  const malformed = [
    '',
    ' core-1',
    'core 1',
    'core-1\n',
    'core\0',
    '-oProxyCommand=x',
    'core-',
    'a..b',
    'core.',
    'bücher.example',
  ];
  const tooLong = [`${'a'.repeat(64)}.example`, `${'a.'.repeat(126)}aa`];
  for (const text of [...withMoreThanAHost, ...asNumbers, ...malformed, ...tooLong]) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(expectErr(DeviceAddress.parse(text))).to.deep.equal({ kind: 'InvalidDeviceAddress', address: text });
    });
  }

  it('means to a URL the very host that it names', () => {
    const piece = fc.constantFrom(
      '.',
      ':',
      '-',
      '@',
      '/',
      '%',
      '0',
      '1',
      '0x',
      'x',
      'f',
      'ff',
      'a1',
      '256',
      '::',
      '10',
      ' ',
    );
    const text = fc.array(piece, { minLength: 1, maxLength: 10 }).map((pieces) => pieces.join(''));

    fc.assert(
      fc.property(text, (candidate) => {
        const parsed = DeviceAddress.parse(candidate);
        if (!parsed.ok || candidate.includes(':')) return;

        expect(new URL(`http://${parsed.value.text}/`).host).to.equal(parsed.value.text);
      }),
      { numRuns: 500 },
    );
  });
});
