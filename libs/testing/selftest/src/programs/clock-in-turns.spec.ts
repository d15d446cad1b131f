import { expect } from 'chai';
import { clockContract } from '#kernel/testing';
import { ClockInTurns } from './clock-in-turns.ts';

describe('A clock that asks for turns', () => {
  clockContract.holdsFor(ClockInTurns, () => {
    const clock = new ClockInTurns(() => {});
    return { clock, pass: (milliseconds) => clock.advance(milliseconds) };
  });

  it('goes on to what is due next with each turn, whoever asked for it', async () => {
    const turns: (() => Promise<void>)[] = [];
    const clock = new ClockInTurns((turn) => turns.push(turn));
    const begun = clock.now().getTime();
    const late = clock.sleep(50);
    using early = clock.deadline(20);

    await turns[0]?.();
    const first = { passed: clock.now().getTime() - begun, isOver: early.signal.aborted };
    await turns[1]?.();
    await late;

    expect(first).to.deep.equal({ passed: 20, isOver: true });
    expect(clock.now().getTime() - begun).to.equal(50);
    expect(turns).to.have.lengthOf(2);
  });
});
