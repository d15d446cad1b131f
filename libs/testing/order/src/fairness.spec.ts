import { expect } from 'chai';
import { isSomebodyStarved } from './fairness.ts';

const standing = { parked: [{}] as never, since: 480 };
const absent = { parked: [], since: 0 };
const now = { timeSince: 500, steps: 500, mostSteps: 500 };

describe('Somebody is starved', () => {
  it('who could have moved for longer than everybody else takes for a turn', () => {
    expect(isSomebodyStarved({ ...now, lanes: [standing, { ...standing, since: 425 }] })).to.equal(false);
    expect(isSomebodyStarved({ ...now, lanes: [standing, { ...standing, since: 424 }] })).to.equal(true);
  });

  it('as time is that never passes', () => {
    expect(isSomebodyStarved({ ...now, lanes: [standing, standing], timeSince: 424 })).to.equal(true);
  });

  it('in half of an order that is shorter than such a turn', () => {
    const short = { timeSince: 20, steps: 20, mostSteps: 20 };

    expect(isSomebodyStarved({ ...short, lanes: [{ ...standing, since: 9 }, absent] })).to.equal(true);
    expect(isSomebodyStarved({ ...short, lanes: [{ ...standing, since: 10 }, absent] })).to.equal(false);
  });

  it('but not who stands at no step', () => {
    expect(isSomebodyStarved({ ...now, lanes: [standing, absent] })).to.equal(false);
  });
});
