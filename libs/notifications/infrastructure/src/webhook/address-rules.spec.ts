import { cases } from '#testing/lifecycle';
import { expect } from 'chai';
import { AddressRules } from './address-rules.ts';

const strict = new AddressRules({ allowedNetworks: [], allowLoopback: false });

const forbidden = [
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
  '::ffff:8.8.8.8',
  '::127.0.0.1',
  '64:ff9b::7f00:1',
  '2001:0:7f00:1::',
  '2001:db8::1',
  '2002:7f00:1::',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fec0::1',
  'ff02::1',
  'localhost',
  '',
];

describe('AddressRules', () => {
  for (const [title, address] of cases('do not allow {case}', forbidden)) {
    it(title, () => {
      expect(strict.allow(address)).to.equal(false);
    });
  }

  for (const [title, address] of cases('allow {case}', ['8.8.8.8', '172.32.0.1', '2606:4700::1111', '2a00:1450::1'])) {
    it(title, () => {
      expect(strict.allow(address)).to.equal(true);
    });
  }

  it('allow what the installation allows, and nothing around it', () => {
    const rules = new AddressRules({ allowedNetworks: ['10.20.0.0/16', 'fd00::/64'], allowLoopback: true });

    const allowed = [
      '10.20.3.4',
      '10.21.0.1',
      'fd00::1',
      'fd00:0:0:1::1',
      '127.0.0.1',
      '::1',
      '169.254.169.254',
    ].filter((address) => rules.allow(address));

    expect(allowed).to.deep.equal(['10.20.3.4', 'fd00::1', '127.0.0.1', '::1']);
  });
});
