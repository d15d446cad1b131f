import { expect } from 'chai';
import { isObedience, TestOver } from './test-over.ts';

describe('Obedience to the end of a test', () => {
  it('is to reject with the reason of its signal, or because of it', () => {
    const reason = new TestOver();

    expect([reason, new Error('aborted', { cause: reason })].map(isObedience)).to.deep.equal([true, true]);
  });

  it('is no other failure, and nothing that came too late', () => {
    const others = [new Error('no'), new TestOver('what it opened now has been released at once'), undefined];

    expect(others.map(isObedience)).to.deep.equal([false, false, false]);
  });
});
