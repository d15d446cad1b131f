import { expectErr, expectOk } from '#kernel/testing';
import { expect } from 'chai';
import { parseDeviceDetails } from './device-details.ts';

const text = { name: 'Core-1', address: '192.0.2.1', port: 22, model: 'ios' };

describe('parseDeviceDetails', () => {
  it('reads what people decide about a device', () => {
    const { name, address, port, model } = expectOk(parseDeviceDetails(text, ['ios']));

    expect([name.text, address.text, port.number, model.text]).to.deep.equal(['core-1', '192.0.2.1', 22, 'ios']);
  });

  const mistakes = [
    { mistake: { name: '-' }, refusal: { kind: 'InvalidDeviceName', name: '-' } },
    { mistake: { address: '-' }, refusal: { kind: 'InvalidDeviceAddress', address: '-' } },
    { mistake: { port: 0 }, refusal: { kind: 'InvalidPort', port: 0 } },
    { mistake: { model: 'vax' }, refusal: { kind: 'UnknownModel', model: 'vax', known: ['ios'] } },
  ];
  for (const { mistake, refusal } of mistakes) {
    it(`answers a mistake with ${refusal.kind}`, () => {
      expect(expectErr(parseDeviceDetails({ ...text, ...mistake }, ['ios']))).to.deep.equal(refusal);
    });
  }
});
