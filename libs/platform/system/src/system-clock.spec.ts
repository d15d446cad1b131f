import { clockContract } from '#kernel/testing';
import { expect } from 'chai';
import { getEventListeners } from 'node:events';
import { performance } from 'node:perf_hooks';
import { SystemClock } from './system-clock.ts';

const A_MONTH_AND_A_DAY = 32 * 24 * 60 * 60 * 1_000;

const clock = new SystemClock();
const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
/** Counts when the runner has set its own timer for the test, which it does after the first await. */
const timersBefore = async (): Promise<number> => clock.sleep(1).then(timers);
const listeners = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length;

describe('SystemClock', () => {
  clockContract.holdsFor(SystemClock, () => ({ clock, pass: async () => {} }));

  it('never wakes early', async () => {
    const durations: number[] = [];

    // Node's timers count whole milliseconds, so that about every second one is a fraction early.
    for (let round = 0; round < 60; round += 1) {
      const before = performance.now();
      await clock.sleep(1);
      durations.push(performance.now() - before);
    }

    expect(Math.min(...durations)).to.be.at.least(1);
  });

  it('waits for durations that are longer than a timer of Node can be', async () => {
    const warnings: Error[] = [];
    const warn = (warning: Error): void => void warnings.push(warning);
    process.on('warning', warn);
    using deadline = clock.deadline(A_MONTH_AND_A_DAY);
    const sleeper = new AbortController();
    const sleeping = clock.sleep(A_MONTH_AND_A_DAY, sleeper.signal).catch((reason: unknown) => reason);

    await clock.sleep(10);
    process.removeListener('warning', warn);
    sleeper.abort('still asleep');

    expect(await sleeping).to.equal('still asleep');
    expect(deadline.signal.aborted).to.equal(false);
    expect(warnings).to.deep.equal([]);
  });

  it('refuses a duration that is not a number', async () => {
    const refused = await clock.sleep(Number.NaN).catch((error: unknown) => error);

    expect(refused).to.be.instanceOf(RangeError);
    expect(() => clock.deadline(Number.NaN)).to.throw(RangeError);
  });

  it('leaves neither a timer nor a listener behind a sleep', async () => {
    const before = await timersBefore();
    const controller = new AbortController();

    await clock.sleep(1, controller.signal);
    const sleeping = clock.sleep(60_000, controller.signal).catch(() => {});
    const during = [timers() - before, listeners(controller.signal)];
    controller.abort();
    await sleeping;

    expect(during).to.deep.equal([1, 1]);
    expect([timers() - before, listeners(controller.signal)]).to.deep.equal([0, 0]);
  });

  it('leaves neither a timer nor a listener behind a deadline, however that ends', async () => {
    const before = await timersBefore();
    const parents = [new AbortController(), new AbortController(), new AbortController()] as const;
    const signals = parents.map(({ signal }) => signal);
    const deadlines = [
      clock.deadline(60_000, signals[0]),
      clock.deadline(60_000, signals[1]),
      clock.deadline(1, signals[2]),
    ];
    const during = [timers() - before, signals.map(listeners)];

    deadlines[0]?.[Symbol.dispose]();
    parents[1].abort();
    await clock.sleep(5);

    expect(during).to.deep.equal([3, [1, 1, 1]]);
    expect(deadlines.map(({ signal }) => signal.aborted)).to.deep.equal([false, true, true]);
    expect([timers() - before, signals.map(listeners)]).to.deep.equal([0, [0, 0, 0]]);
  });
});
