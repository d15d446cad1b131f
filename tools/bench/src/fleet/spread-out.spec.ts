import { expect } from 'chai';
import { spreadOut } from './spread-out.ts';

describe('Spreading a few among many', () => {
  it('puts the same number of the many around each of the few', () => {
    expect(spreadOut(['a', 'b', 'c', 'd', 'e', 'f'], ['X', 'Y']).join('')).to.equal('abXcdeYf');
  });

  it('keeps all of them', () => {
    const [many, few] = [
      Array.from({ length: 100 }, (_, nth) => nth),
      Array.from({ length: 43 }, (_, nth) => 100 + nth),
    ];

    expect(spreadOut(many, few)).to.have.members([...many, ...few]);
  });

  it('does without any of the few', () => {
    expect(spreadOut([1, 2], [])).to.deep.equal([1, 2]);
  });
});
