import { DeadlineExceeded } from '#kernel';
import { AsyncTestBase } from '#testing/lifecycle';
import { expect } from 'chai';
import { deadlineAfter } from './deadline-after.ts';

const t = AsyncTestBase.install();

describe('A deadline after a signal', () => {
  it(
    'begins when the signal aborts',
    t.test(async ({ clock }) => {
      const start = new AbortController();
      using deadline = deadlineAfter(start.signal, 1_000, clock);
      await clock.advance(5_000);
      start.abort();

      await clock.advance(999);
      const before = deadline.signal.aborted;
      await clock.advance(1);

      expect(before).to.equal(false);
      expect(deadline.signal.reason).to.be.instanceOf(DeadlineExceeded);
    }),
  );

  it(
    'begins at once when the signal has aborted already',
    t.test(async ({ clock }) => {
      using deadline = deadlineAfter(AbortSignal.abort(), 1_000, clock);

      await clock.advance(1_000);

      expect(deadline.signal.aborted).to.equal(true);
    }),
  );

  it(
    'never aborts once it is disposed, and leaves no timer',
    t.test(async ({ clock }) => {
      const start = new AbortController();
      const late = deadlineAfter(start.signal, 1_000, clock);
      const begun = deadlineAfter(AbortSignal.abort(), 1_000, clock);

      late[Symbol.dispose]();
      begun[Symbol.dispose]();
      start.abort();
      await clock.advance(1_000);

      expect([late.signal.aborted, begun.signal.aborted]).to.deep.equal([false, false]);
      expect(clock.waiting).to.equal(0);
    }),
  );
});
