import { race } from '#testing/concurrency';
import { realPause } from '#testing/runtime';
import { expect } from 'chai';
import { everyOrder } from './every-order.ts';
import { Board, BoardTest } from './fixtures/board-test.ts';

const t = BoardTest.install();

describe('A search that had no time', () => {
  it('has not passed', async function () {
    const slow = everyOrder(
      t,
      async ({ get }) => {
        const board = await get(Board);
        await realPause(60);
        await race({ one: () => board.note('a'), other: () => board.note('b') });
      },
      { within: 40 },
    );

    const failure = await slow.call(this).then(
      () => 'passed',
      (error: unknown) => String(error),
    );
    this.timeout(2_000); // Mocha asks at the end how long it took, and this process is not always quick

    expect(failure).to.match(/The time was up|was stopped after/);
  });

  it('fails as its only order does', async function () {
    const failing = everyOrder(
      t,
      async ({ get }) => {
        const board = await get(Board);
        await race({ one: () => board.note('a'), other: () => board.note('b') });
        throw new Error('wrong in every order');
      },
      { orders: 0, sample: { orders: 0 } },
    );

    const failure = await failing.call(this).then(
      () => 'passed',
      (error: unknown) => String(error),
    );

    expect(failure).to.include('wrong in every order');
  });
});
