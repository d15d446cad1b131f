import { testId } from '#testing/report';
import { AssertionError, expect } from 'chai';
import type { FailedOrder } from './exploration.ts';
import { failed } from './order-errors.ts';
import { takenOf } from './taken.ts';

const about = { title: 'A lock is free' };
const REPLAY = `Again: LOCKSTEP_TEST_ORDER=${testId(about)}.4b npx mocha -g '^A lock is free$'`;

function orderWith(error: unknown, { isEmpty = false } = {}): FailedOrder {
  const step = { actor: 'one', number: 1, what: 'Locks.take', keys: undefined, args: [] };
  const steps = isEmpty ? [] : [takenOf(step)];
  return { steps, switches: 1, token: '4b', error, waits: [], isSmallest: true };
}

describe('The error of a test that fails in one order', () => {
  it('is that of the scenario, with what a reporter shows of it, and the order', () => {
    const error = new AssertionError('wrong', { actual: 1, expected: 2, showDiff: true });

    const told = failed(orderWith(error), about);

    expect(told).to.equal(error).and.include({ actual: 1, expected: 2, showDiff: true });
    expect(told.message)
      .to.match(/^wrong\n\nFails in this order/)
      .and.include(REPLAY);
    expect(told.stack).to.include(told.message);
  });

  it('has no order where no step was taken', () => {
    expect(failed(orderWith(new Error('wrong'), { isEmpty: true }), about).message).to.equal('wrong');
  });

  it('is caused by that of the scenario where that cannot be changed, or is no error', () => {
    const frozen = Object.freeze(new Error('wrong'));

    for (const error of [frozen, 'wrong']) {
      const told = failed(orderWith(error), about);

      expect(told.cause).to.equal(error);
      expect(told.message)
        .to.match(/^wrong\n\nFails/)
        .and.include(REPLAY);
    }
  });
});
