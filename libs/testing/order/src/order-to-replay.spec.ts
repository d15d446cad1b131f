import { expect } from 'chai';
import { idOf, replayLine, tokenFor } from './order-to-replay.ts';

const test = { title: 'A lock is free', file: '/here/locks.spec.ts' };
const id = idOf(test);

describe('The order that the environment asks for', () => {
  it('is none where it says nothing', () => {
    expect(tokenFor(id, {})).to.equal(undefined);
    expect(tokenFor(id, { LOCKSTEP_TEST_ORDER: '' })).to.equal(undefined);
  });

  it('is that of the line which a failure prints', () => {
    const line = replayLine({ ...test, id }, '4b');
    const [, given] = /^LOCKSTEP_TEST_ORDER=(\S+) npx mocha \S*locks\.spec\.ts -f "A lock is free"$/.exec(line) ?? [];

    expect(tokenFor(id, { LOCKSTEP_TEST_ORDER: given })).to.equal('4b');
  });

  it('is known by the test, wherever the repository lies', () => {
    expect(idOf({ ...test, file: '/there/locks.spec.ts' })).to.equal(id);
    expect(idOf({ ...test, file: '/here/keys.spec.ts' })).to.not.equal(id);
    expect(idOf({ ...test, title: 'A lock is held' })).to.not.equal(id);
  });

  it('is refused where it is none, or that of another test', () => {
    expect(() => tokenFor(id, { LOCKSTEP_TEST_ORDER: 'nonsense' })).to.throw(
      `LOCKSTEP_TEST_ORDER is "nonsense", which is no order: one looks like ${id}.4b9c`,
    );
    expect(() => tokenFor(id, { LOCKSTEP_TEST_ORDER: `${id}.4b.c` })).to.throw('which is no order');
    expect(() => tokenFor(id, { LOCKSTEP_TEST_ORDER: '00000000.4b' })).to.throw(
      `an order of another test than this one, whose orders begin with ${id}. Run that test alone`,
    );
  });
});
