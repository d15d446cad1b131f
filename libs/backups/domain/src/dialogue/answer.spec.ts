import { expect } from 'chai';
import { modelNamed } from '../models/device-models.ts';
import { rejectionIn } from './answer.ts';

describe('A line by which a device rejects a command', () => {
  it('is told without the secrets that it repeats', () => {
    const lines = ['', '% Invalid input: username backup password 7 S3CRET'];

    expect(rejectionIn(lines, modelNamed('ios')!)).to.equal('% Invalid input: username backup password 7 <redacted>');
  });

  it('is not told at any length', () => {
    expect(rejectionIn([`% Invalid input: ${'x'.repeat(5_000)}`], modelNamed('ios')!)).to.have.lengthOf(200);
  });
});
