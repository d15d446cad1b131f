import { expectErr, expectOk } from '#kernel/testing';
import { expect } from 'chai';
import { Port } from './port.ts';

describe('Port', () => {
  for (const number of [1, 22, 65_535]) {
    it(`accepts ${number}`, () => {
      expect(expectOk(Port.parse(number)).number).to.equal(number);
    });
  }

  for (const number of [0, -22, 65_536, 22.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    it(`refuses ${number}`, () => {
      expect(expectErr(Port.parse(number))).to.deep.equal({ kind: 'InvalidPort', port: number });
    });
  }
});
