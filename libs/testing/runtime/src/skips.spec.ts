import { expect } from 'chai';
import Mocha from 'mocha';
import { isSkip } from './skips.ts';

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('Nothing was thrown.');
}

describe('What Mocha throws where a test skips itself', () => {
  it('is known by its class, as the plugin has learnt it', () => {
    const thrown = thrownBy(() => new Mocha.Test('one').skip());

    expect(isSkip(thrown)).to.equal(true);
  });

  it('is no error of one’s own with the same name', () => {
    class Pending extends Error {}

    expect(isSkip(new Pending('not paid'))).to.equal(false);
  });
});
