import { AsyncTestBase } from '#testing/lifecycle';
import { facts } from '#testing/runtime';
import { expect } from 'chai';
import { settled } from './settled.ts';

class WaitingTest extends AsyncTestBase {
  rung = false;

  /** Something real that calls back for certain. */
  alarm(milliseconds: number): void {
    const timer = setTimeout(() => (this.rung = true), milliseconds);
    this.defer(() => clearTimeout(timer), 'the alarm is taken away');
  }
}

const t = WaitingTest.install();

describe('Settled', () => {
  it(
    'is what nothing real is under way for',
    t.test(async (test) => {
      test.alarm(30);

      await settled(() => ({ count: 0, isParked: false, isOver: false }));

      expect(test.rung).to.equal(true);
    }),
  );

  it(
    'is at once what nobody wants to know any more',
    t.test(async (test) => {
      test.alarm(1_500);

      await settled(() => ({ count: 0, isParked: false, isOver: true }));

      expect(test.rung).to.equal(false);
    }),
  );

  it(
    'is after a second what nobody waits for, and the report says so',
    t.test(async (test) => {
      test.alarm(60_000);

      await settled(() => ({ count: 0, isParked: true, isOver: false }));

      expect(test.rung).to.equal(false);
      expect(
        facts().some(({ text }) => /^an order went on past something silent: .*settled\.spec\.ts/.test(text)),
      ).to.equal(true);
    }),
  );
});
