import { lineDiffContract } from '#backups/application/testing';
import { expectErr } from '#kernel/testing';
import { AsyncTestBase } from '#testing/lifecycle';
import { expect } from 'chai';
import { ThreadedLineDiff } from './threaded-line-diff.ts';

/** Two texts without a line in common: the work grows with the product of their lines. */
const unlike = (side: string) => ({
  label: side,
  text: Array.from({ length: 60_000 }, (_, n) => `${side} ${n}\n`).join(''),
});

const t = AsyncTestBase.install();

describe('ThreadedLineDiff', function () {
  // Each comparison starts a thread, and the machine may have others to run.
  this.timeout(30_000);

  lineDiffContract.holdsFor(
    ThreadedLineDiff,
    t.opens(({ clock }) => new ThreadedLineDiff(clock)),
  );

  it(
    'gives up when its time is over, and is free for the next',
    t.test(async ({ clock, signal }) => {
      const diff = new ThreadedLineDiff(clock, { milliseconds: 1_000, atOnce: 1 });

      const comparing = diff.unified(unlike('a'), unlike('b'), signal);
      await clock.advance(1_000);
      const refusal = expectErr(await comparing);
      const next = await diff.unified({ label: 'a', text: 'a\n' }, { label: 'b', text: 'b\n' }, signal);

      expect(refusal).to.deep.equal({ kind: 'DiffTooLarge' });
      expect(next.ok).to.equal(true);
      expect(clock.waiting).to.equal(0);
    }),
  );

  it(
    'gives up when its memory is used up',
    t.test(async ({ clock, signal }) => {
      const diff = new ThreadedLineDiff(clock, { megabytes: 8 });

      const refusal = expectErr(await diff.unified(unlike('a'), unlike('b'), signal));

      expect(refusal).to.deep.equal({ kind: 'DiffTooLarge' });
    }),
  );

  it(
    'stops comparing when its caller stops',
    t.test(async ({ clock }) => {
      const controller = new AbortController();
      const stopped = new Error('stopped by the caller');

      const comparing = new ThreadedLineDiff(clock)
        .unified(unlike('a'), unlike('b'), controller.signal)
        .catch((reason: unknown) => reason);
      controller.abort(stopped);

      expect(await comparing).to.equal(stopped);
    }),
  );
});
