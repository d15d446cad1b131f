import { expect } from 'chai';
import { play, programOf, told } from './fixtures/play.ts';
import { pct, randomBy, uniform } from './sampling.ts';
import { NO_EFFECTS } from './taken.ts';

const RUNS = 4_000;

function drawn(seed: number, by: 'pct' | 'uniform', count: number): readonly string[] {
  const random = randomBy(seed);
  return Array.from({ length: count }, () =>
    told(play(programOf(3, 3, 3), by === 'pct' ? pct(random, { steps: 9 }) : uniform(random))),
  );
}

/** How often pct draws an order that is wanted. */
function share(wanted: RegExp): number {
  return drawn(7, 'pct', RUNS).filter((order) => wanted.test(order)).length / RUNS;
}

describe('Sampling', () => {
  for (const by of ['pct', 'uniform'] as const) {
    it(`by ${by} draws the same orders for the same seed, and others for another`, () => {
      expect(drawn(1, by, 50)).to.deep.equal(drawn(1, by, 50));
      expect(drawn(1, by, 50)).to.not.deep.equal(drawn(2, by, 50));
    });
  }

  it('by pct meets a fault of depth 1 at least as often as its bound says', () => {
    expect(share(/^a2/)).to.be.at.least(1 / 3 - 0.03);
  });

  it('by pct meets a fault of depth 2 at least as often as its bound says', () => {
    expect(share(/^(a2 )*a0 (a2 )*a1 .*a0/)).to.be.at.least(1 / (3 * 9));
  });

  it('by pct meets a fault of depth 3 at least as often as its bound says', () => {
    expect(share(/^(a2 )*a0 (a2 )*a1 (a2 )*a0 (a2 )*a0 (a2 )*a1/)).to.be.at.least(1 / (3 * 9 ** 2));
  });

  it('by pct takes the calls of one actor in any order', () => {
    const random = randomBy(7);
    const several = ['a', 'a', 'a'].map((actor, index) => ({
      actor,
      number: index,
      what: '',
      keys: undefined,
      args: [],
    }));

    const taken = Array.from({ length: 60 }, () =>
      pct(random, { steps: 3 })({ options: several, last: 'a', effects: NO_EFFECTS, inRow: 1 }),
    );

    expect(new Set(taken).size).to.equal(3);
  });

  it('uniformly takes each option as often as any other', () => {
    const first = drawn(3, 'uniform', RUNS).map((order) => order.slice(0, 2));

    for (const actor of ['a0', 'a1', 'a2']) {
      expect(first.filter((one) => one === actor).length / RUNS).to.be.closeTo(1 / 3, 0.03);
    }
  });
});
