import { facts } from '#testing/runtime';
import { expect } from 'chai';
import { fc } from './fc.ts';
import { seedOfData } from './seed.ts';

describe('The seed of generated values', () => {
  it('is the one that is asked for, before that of the order', () => {
    const seed = seedOfData({ LOCKSTEP_TEST_DATA_SEED: '7', LOCKSTEP_TEST_SEED: '8' });

    expect(seed).to.equal(7);
  });

  it('is that of the order when no other is asked for', () => {
    expect(seedOfData({ LOCKSTEP_TEST_DATA_SEED: '', LOCKSTEP_TEST_SEED: '8' })).to.equal(8);
  });

  it('is drawn anew when none is asked for', () => {
    const seeds = new Set(Array.from({ length: 5 }, () => seedOfData({})));

    expect(seeds.size).to.be.above(1);
  });

  it('is told by the report', () => {
    const { seed } = fc.readConfigureGlobal();

    expect(facts().some(({ topic, text }) => topic === 'seed' && text.includes(` ${seed} `))).to.equal(true);
  });

  it('is refused when it is no number', () => {
    expect(() => seedOfData({ LOCKSTEP_TEST_DATA_SEED: 'seven' })).to.throw('"seven": write a whole number');
  });

  it('decides what properties are asked with', () => {
    const { seed } = fc.check(fc.property(fc.nat(), () => true));

    expect(seed).to.equal(fc.readConfigureGlobal().seed);
  });
});
