import { expect } from 'chai';
import { Clock, DeadlineExceeded } from '../clock.ts';
import { contract } from './contract.ts';

/** A clock under test. `pass` lets time go by; a clock that runs by itself needs none of it. */
export type ClockUnderTest = { readonly clock: Clock; readonly pass: (milliseconds: number) => Promise<void> };

/** What every {@link Clock} promises, whoever moves its hands. */
export const clockContract = contract(Clock, (open: () => ClockUnderTest) => {
  const stopped = new Error('stopped by the caller');

  it('has moved on by the time that a sleep took', async () => {
    const { clock, pass } = open();
    const before = clock.now().getTime();

    await Promise.all([clock.sleep(20), pass(20)]);

    // A wall clock counts whole milliseconds, so it may show one less than has passed.
    expect(clock.now().getTime() - before).to.be.at.least(19);
  });

  it('wakes sleepers in the order of their time, not of their call', async () => {
    const { clock, pass } = open();
    const woken: string[] = [];

    const late = clock.sleep(40).then(() => woken.push('late'));
    const early = clock.sleep(5).then(() => woken.push('early'));
    await Promise.all([late, early, pass(40)]);

    expect(woken).to.deep.equal(['early', 'late']);
  });

  it('wakes a sleeper with the reason of its signal', async () => {
    const { clock } = open();
    const controller = new AbortController();

    const sleeping = clock.sleep(60_000, controller.signal).catch((reason: unknown) => reason);
    controller.abort(stopped);

    expect(await sleeping).to.equal(stopped);
  });

  it('does not fall asleep when the signal has aborted before', async () => {
    const { clock } = open();

    const refused = await clock.sleep(60_000, AbortSignal.abort(stopped)).catch((reason: unknown) => reason);

    expect(refused).to.equal(stopped);
  });

  it('aborts a deadline when its time is up, and says how long that was', async () => {
    const { clock, pass } = open();
    using deadline = clock.deadline(5);

    const aborted = once(deadline.signal);
    await Promise.all([aborted, pass(5)]);

    expect(deadline.signal.reason).to.be.instanceOf(DeadlineExceeded).with.property('milliseconds', 5);
  });

  it('passes the abort of the parent on to the deadline', () => {
    const { clock } = open();
    const parent = new AbortController();
    using deadline = clock.deadline(60_000, parent.signal);

    parent.abort(stopped);

    expect(deadline.signal.reason).to.equal(stopped);
  });

  it('hands out an aborted deadline when the parent has aborted before', () => {
    const { clock } = open();

    using deadline = clock.deadline(60_000, AbortSignal.abort(stopped));

    expect(deadline.signal.reason).to.equal(stopped);
  });

  it('never aborts a deadline that was disposed', async () => {
    const { clock, pass } = open();
    const parent = new AbortController();
    const deadline = clock.deadline(5, parent.signal);

    deadline[Symbol.dispose]();
    await Promise.all([clock.sleep(20), pass(20)]);
    parent.abort(stopped);

    expect(deadline.signal.aborted).to.equal(false);
  });
});

function once(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
