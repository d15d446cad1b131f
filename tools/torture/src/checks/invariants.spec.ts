import { expect } from 'chai';
import { brokenInvariants, reclaimTimes } from './invariants.ts';
import type { Effect, Facts, JobFact, Transition } from './facts.ts';

const job: JobFact = {
  id: 'j1',
  seq: 1,
  mode: 'honest',
  type: 'work',
  state: 'succeeded',
  attempt: 1,
  maxAttempts: 3,
  token: 1,
  failure: null,
};
const claim: Transition = {
  jobId: 'j1',
  at: 1_000,
  by: 'w1',
  from: 'queued',
  to: 'running',
  holder: null,
  newHolder: 'w1',
  leaseExpired: null,
  fromToken: 0,
  toToken: 1,
  fromAttempt: 0,
  toAttempt: 1,
  failure: null,
};
const end: Transition = {
  ...claim,
  at: 2_000,
  from: 'running',
  to: 'succeeded',
  holder: 'w1',
  newHolder: null,
  leaseExpired: false,
  fromToken: 1,
  fromAttempt: 1,
};
const effect: Effect = { jobId: 'j1', token: 1, worker: 'w1', newest: 1, state: 'running' };
const sound: Facts = {
  submissions: [{ seq: 1, outcome: 'ok', jobId: 'j1' }],
  jobs: [job],
  transitions: [claim, end],
  effects: [effect],
};

/** Histories that are wrong in one way each, by what is said of them. */
const broken: Readonly<Record<string, Facts>> = {
  'I1: job 1 was acknowledged, and is lost.': { ...sound, jobs: [], transitions: [], effects: [] },
  'I1: job 1 was refused, and is there.': { ...sound, submissions: [{ seq: 1, outcome: 'refused', jobId: null }] },
  'I1: job 1 is there 2 times.': {
    ...sound,
    jobs: [job, { ...job, id: 'j2', state: 'failed', attempt: 0 }],
  },
  'I1: job 1 is stuck as running after 1 attempts.': {
    ...sound,
    jobs: [{ ...job, state: 'running' }],
    transitions: [claim],
  },
  'I2: w2 made job 1 queued, which was succeeded already.': {
    ...sound,
    transitions: [claim, end, { ...end, by: 'w2', from: 'succeeded', to: 'queued', holder: null }],
  },
  'I2: job 1 ended 2 times.': { ...sound, transitions: [claim, end, end] },
  'I2: job 1 succeeded under lease 1 with 0 effects of it.': { ...sound, effects: [] },
  'I2: job 1 succeeded under lease 1 with 2 effects of it.': { ...sound, effects: [effect, effect] },
  'I3: w2 made job 1 succeeded without holding it.': {
    ...sound,
    transitions: [claim, { ...end, by: 'w2', leaseExpired: true }],
  },
  'I3: w1 wrote an effect of job 1 under lease 1, when it was running under 2.': {
    ...sound,
    effects: [{ ...effect, newest: 2 }],
    jobs: [{ ...job, state: 'failed' }],
  },
  'I4: w2 made job 1 queued, which w1 was working on.': {
    ...sound,
    jobs: [{ ...job, state: 'failed' }],
    transitions: [claim, { ...end, by: 'w2', to: 'queued' }],
  },
  'I13: job 1 had 4 of 3 attempts.': {
    ...sound,
    jobs: [{ ...job, attempt: 4 }],
    transitions: [claim, claim, claim, claim, end],
  },
  'I13: job 1 was begun 2 times, and says 1.': { ...sound, transitions: [claim, claim, end] },
};

describe('The history of a campaign', () => {
  it('is as it has to be when each job has one end and one effect', () => {
    expect(brokenInvariants(sound)).to.deep.equal([]);
  });

  it('is as it has to be when a job was taken from a dead worker, and when one was handed back', () => {
    const sweep: Transition = { ...end, at: 1_500, by: 'w2', to: 'queued', leaseExpired: true, toAttempt: 1 };
    const again: Transition = {
      ...claim,
      at: 1_600,
      by: 'w2',
      newHolder: 'w2',
      toToken: 2,
      fromAttempt: 1,
      toAttempt: 2,
    };
    const back: Transition = { ...end, at: 1_700, by: 'w2', to: 'queued', holder: 'w2', fromAttempt: 2, toAttempt: 1 };
    const third: Transition = { ...again, at: 1_800, toToken: 3 };
    const last: Transition = { ...end, by: 'w2', holder: 'w2', toToken: 3 };

    const faults = brokenInvariants({
      ...sound,
      jobs: [{ ...job, token: 3, attempt: 2 }],
      transitions: [claim, sweep, again, back, third, last],
      effects: [effect, { ...effect, token: 3, newest: 3, worker: 'w2' }],
    });

    expect(faults).to.deep.equal([]);
  });

  for (const [sentence, facts] of Object.entries(broken)) {
    it(`is wrong: ${sentence}`, () => {
      expect(brokenInvariants(facts)).to.deep.equal([sentence]);
    });
  }

  it('tells how long a job of a dead worker waited for another one', () => {
    const sweep: Transition = { ...end, at: 4_000, by: 'w2', to: 'queued', leaseExpired: true };
    const again: Transition = { ...claim, at: 4_200, by: 'w2', newHolder: 'w2', toToken: 2 };

    const times = reclaimTimes({ transitions: [claim, sweep, again] }, [{ worker: 'w1', at: 1_200 }]);

    expect(times).to.deep.equal([3_000]);
  });

  it('counts no job that a dead worker had ended before', () => {
    const times = reclaimTimes({ transitions: [claim, end] }, [{ worker: 'w1', at: 2_200 }]);

    expect(times).to.deep.equal([]);
  });
});
