import { expect } from 'chai';
import Mocha from 'mocha';
import { seedOfRun, shuffle } from './shuffled.ts';

/** Four suites of four tests, named by letters. */
function aRoot(suites = ['a', 'b', 'c', 'd']): Mocha.Suite {
  const root = new Mocha.Suite('');
  for (const name of suites) {
    const suite = Mocha.Suite.create(root, name);
    for (const test of ['1', '2', '3', '4']) suite.addTest(new Mocha.Test(`${name}${test}`, () => {}));
  }
  return root;
}

const orderOf = (root: Mocha.Suite): readonly string[] => root.suites.flatMap(({ tests }) => tests.map((t) => t.title));

function shuffledBy(seed: number, suites?: string[]): readonly string[] {
  const root = aRoot(suites);
  shuffle(root, seed);
  return orderOf(root);
}

describe('The order of a seed', () => {
  it('is the same each time', () => {
    expect(shuffledBy(7)).to.deep.equal(shuffledBy(7));
  });

  it('is another one for another seed, and all of them come up', () => {
    const seeds = Array.from({ length: 400 }, (_, seed) => seed);
    const orders = new Set(seeds.map((seed) => shuffledBy(seed, ['a']).join()));

    expect(orders.size).to.equal(24);
  });

  it('keeps tests in their suites, and all of them', () => {
    const order = shuffledBy(7);

    expect(order.toSorted()).to.deep.equal(orderOf(aRoot()));
    expect(order.map(([suite]) => suite).filter((suite, index, all) => suite !== all[index - 1])).to.have.lengthOf(4);
  });

  it('is for a part of the run what it is in all of it', () => {
    const part = shuffledBy(7, ['d', 'b']);

    expect(part).to.deep.equal(shuffledBy(7).filter((title) => /^[bd]/.test(title)));
  });
});

describe('The seed of a run', () => {
  let given: string | undefined;

  beforeEach(() => {
    given = process.env['LOCKSTEP_TEST_SEED'];
  });

  afterEach(() => {
    if (given === undefined) delete process.env['LOCKSTEP_TEST_SEED'];
    else process.env['LOCKSTEP_TEST_SEED'] = given;
  });

  it('is none unless the environment asks for one', () => {
    delete process.env['LOCKSTEP_TEST_SEED'];

    expect(seedOfRun()).to.equal(undefined);
  });

  it('is drawn once for all processes of a run', () => {
    process.env['LOCKSTEP_TEST_SEED'] = 'random';

    const seed = seedOfRun();

    expect(seed).to.be.a('number');
    expect(seedOfRun()).to.equal(seed);
  });

  it('is refused where it is no number', () => {
    process.env['LOCKSTEP_TEST_SEED'] = 'tomorrow';

    expect(() => seedOfRun()).to.throw('LOCKSTEP_TEST_SEED is "tomorrow": write a whole number, or "random".');
  });
});
