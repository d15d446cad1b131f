import { err, ok, type Result } from '#kernel';
import { expect } from 'chai';
import { reasonNotToStart } from './start-check.ts';

const { signal } = new AbortController();
const checks = (...results: readonly Result<void, string>[]) =>
  results.map((result) => ({ check: async () => result }));

describe('reasonNotToStart', () => {
  it('is none while nothing is wrong', async () => {
    expect(await reasonNotToStart(checks(), signal)).to.equal(null);
    expect(await reasonNotToStart(checks(ok(), ok()), signal)).to.equal(null);
  });

  it('tells all that is wrong', async () => {
    expect(await reasonNotToStart(checks(err('One.'), ok(), err('Two.')), signal)).to.equal('One.\nTwo.');
  });
});
