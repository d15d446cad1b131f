import { expect } from 'chai';
import { clockContract } from './clock.contract.ts';
import { ManualClock } from './manual-clock.ts';

describe('ManualClock', () => {
  clockContract.holdsFor(ManualClock, () => {
    const clock = new ManualClock();
    return { clock, pass: (milliseconds) => clock.advance(milliseconds) };
  });

  it('stands still until it is advanced', () => {
    const clock = new ManualClock(new Date('2026-03-04T05:06:07.000Z'));

    expect(clock.now().toISOString()).to.equal('2026-03-04T05:06:07.000Z');
    expect(clock.now().toISOString()).to.equal('2026-03-04T05:06:07.000Z');
  });

  it('lets a loop that sleeps again and again run through the whole span', async () => {
    const clock = new ManualClock();
    const rounds: string[] = [];
    const loop = async (): Promise<void> => {
      for (let round = 1; round <= 3; round += 1) {
        await clock.sleep(1_000);
        rounds.push(clock.now().toISOString());
      }
    };

    const looping = loop();
    await clock.advance(3_000);
    await looping;

    expect(rounds).to.deep.equal(['2026-01-01T00:00:01.000Z', '2026-01-01T00:00:02.000Z', '2026-01-01T00:00:03.000Z']);
  });

  it('forgets a sleeper that was woken by its signal, and a deadline that was disposed', async () => {
    const clock = new ManualClock();
    const controller = new AbortController();
    const sleeping = clock.sleep(1_000, controller.signal).catch(() => 'woken');
    const deadline = clock.deadline(1_000);
    const before = clock.waiting;

    controller.abort();
    deadline[Symbol.dispose]();
    await sleeping;

    expect([before, clock.waiting]).to.deep.equal([2, 0]);
  });
});
