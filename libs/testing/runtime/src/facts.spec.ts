import { expect } from 'chai';
import { facts, noteFact } from './facts.ts';

describe('Facts of a run', () => {
  it('are counted where they are equal', () => {
    const text = 'noted by its own spec';
    const before = facts().length;

    noteFact({ topic: 'seed', text });
    noteFact({ topic: 'seed', text }, 2);

    expect(facts().slice(before)).to.deep.equal([{ topic: 'seed', text, count: 3 }]);
  });
});
